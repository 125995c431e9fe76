CREATE TABLE `events` (
	`run_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`json` text NOT NULL,
	`body` text,
	PRIMARY KEY(`run_id`, `seq`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `pages` (
	`hash` text PRIMARY KEY NOT NULL,
	`chars` integer NOT NULL,
	`deflated` blob NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`question` text NOT NULL,
	`title` text NOT NULL,
	`preset` text NOT NULL,
	`model` text NOT NULL,
	`answer_mode` text NOT NULL,
	`state` text NOT NULL,
	`outcome` text,
	`detail` text NOT NULL,
	`calls` integer NOT NULL,
	`budget` integer NOT NULL,
	`turns` integer NOT NULL,
	`sources` integer NOT NULL,
	`line` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`lease_owner` text,
	`lease_at` integer,
	`crashes` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `runs_by_created` ON `runs` (`created_at`);--> statement-breakpoint
CREATE INDEX `runs_by_state` ON `runs` (`state`);