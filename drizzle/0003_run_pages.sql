CREATE TABLE `run_pages` (
	`run_id` text NOT NULL,
	`hash` text NOT NULL,
	`url` text NOT NULL,
	`bytes` integer NOT NULL,
	`read_at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `hash`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `run_pages_by_hash` ON `run_pages` (`hash`);