CREATE TABLE `share_parts` (
	`token_hash` text NOT NULL,
	`name` text NOT NULL,
	`deflated` blob NOT NULL,
	PRIMARY KEY(`token_hash`, `name`),
	FOREIGN KEY (`token_hash`) REFERENCES `shares`(`token_hash`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `shares` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`run_id` text NOT NULL,
	`scope` text NOT NULL,
	`snapshot` text NOT NULL,
	`seq` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`views` integer DEFAULT 0 NOT NULL,
	`viewed_at` integer,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shares_id_unique` ON `shares` (`id`);--> statement-breakpoint
CREATE INDEX `shares_by_run` ON `shares` (`run_id`);