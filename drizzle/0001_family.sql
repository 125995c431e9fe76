ALTER TABLE `runs` ADD `parent_id` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `parent_seq` integer;--> statement-breakpoint
ALTER TABLE `runs` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `archived` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `notes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `label` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `deleted_at` integer;--> statement-breakpoint
CREATE INDEX `runs_by_parent` ON `runs` (`parent_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `event_words` USING fts5(text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');--> statement-breakpoint
INSERT INTO `event_words` (rowid, text) SELECT rowid, coalesce(body, '') || ' ' || json FROM `events` WHERE type IN ('model.replied', 'tool.returned', 'user.steered', 'note.added');--> statement-breakpoint
CREATE TRIGGER `event_words_added` AFTER INSERT ON `events` WHEN new.type IN ('model.replied', 'tool.returned', 'user.steered', 'note.added') BEGIN
	INSERT INTO event_words (rowid, text) VALUES (new.rowid, coalesce(new.body, '') || ' ' || new.json);
END;--> statement-breakpoint
CREATE TRIGGER `event_words_gone` AFTER DELETE ON `events` BEGIN
	DELETE FROM event_words WHERE rowid = old.rowid;
END;
