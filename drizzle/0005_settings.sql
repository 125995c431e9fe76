CREATE TABLE `settings` (
	`variable` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`sent_to` text,
	`saved_at` integer NOT NULL
) STRICT;
