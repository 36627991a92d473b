"""How each constraint is broken underneath the application, on the rows of `world`."""

from tests.constraints.breaking import Copy, Raw, copy, delete, update

NEXT_YEAR = "'2026-01-01'"

CHECKS: dict[str, list[Copy | Raw]] = {
    # departments
    "user_email_in_small_letters": [copy("departments_user", email="'Somebody@example.vn'")],
    "area_exists_before_it_ends": [
        copy("departments_area", code="'x'", starts_on="'2025-07-01'", ends_on="'2025-07-01'")
    ],
    "department_opens_before_it_closes": [
        update("departments_department", "opened_on = '2025-03-01', closed_on = '2025-02-28'")
    ],
    "departments_department_version_check": [update("departments_department", "version = -1")],
    "department_name_starts_before_it_ends": [
        copy("departments_departmentname", starts_on="'2019-01-01'", ends_on="'2019-01-01'")
    ],
    "succession_to_another_department": [
        update("departments_succession", "successor_id = predecessor_id")
    ],
    "membership_starts_before_it_ends": [update("departments_membership", "ends_on = starts_on")],
    # news
    "article_published_with_a_revision": [
        update("news_article", "published_revision_id = NULL"),
        update("news_article", "published_at = NULL"),
        update("news_article", "status = 'draft'"),
        update("news_article", "status = 'recalled'"),
    ],
    "article_withdrawn_with_a_reason": [
        update("news_article", "status = 'withdrawn', withdrawn_at = now()"),
        update("news_article", "status = 'withdrawn', withdrawal_reason = 'Wrong.'"),
        update("news_article", "withdrawn_at = now(), withdrawal_reason = 'Wrong.'"),
    ],
    "news_article_version_check": [update("news_article", "version = -1")],
    "news_category_position_check": [update("news_category", "position = -1")],
    "news_revision_number_check": [copy("news_revision", number="-1")],
    "passage_has_words": [update("news_passage", "quote = ''")],
    # indicators
    "unit_scale_positive": [
        update("indicators_unitofmeasure", "scale = 0"),
        update("indicators_unitofmeasure", "scale = -1"),
    ],
    "indicator_decimals_as_stored": [update("indicators_indicator", "decimals = 7")],
    "indicators_indicator_decimals_check": [update("indicators_indicator", "decimals = -1")],
    "indicators_indicator_publication_lag_days_check": [
        update("indicators_indicator", "publication_lag_days = -1")
    ],
    "indicators_indicator_version_check": [update("indicators_indicator", "version = -1")],
    "responsibility_starts_before_it_ends": [
        update("indicators_responsibility", "ends_on = starts_on - 1")
    ],
    "plan_margins_not_negative": [
        copy("indicators_plan", slug="'another'", **{margin: "-0.1"})
        for margin in (
            "nearly_points",
            "nearly_percent",
            "nearly_places",
            "tolerance_points",
            "tolerance_percent",
            "exceeded_points",
            "exceeded_percent",
        )
    ],
    "indicators_plan_version_check": [update("indicators_plan", "version = -1")],
    "indicators_perspective_position_check": [update("indicators_perspective", "position = -1")],
    "indicators_targetset_stated_size_check": [update("indicators_targetset", "stated_size = -1")],
    "indicators_target_version_check": [update("indicators_target", "version = -1")],
    "targetversion_has_a_value": [copy("indicators_targetversion", known="NULL", value="NULL")],
    "targetversion_upper_value_of_a_range": [
        copy("indicators_targetversion", known="NULL", upper_value="value + 1"),
        copy(
            "indicators_targetversion", known="NULL", comparator="'range'", upper_value="value - 1"
        ),
    ],
    "targetversion_tolerance_not_negative": [
        copy("indicators_targetversion", known="NULL", tolerance="-0.1")
    ],
    "targetversion_has_words": [copy("indicators_targetversion", known="NULL", words="''")],
    "indicators_targetversion_decimals_written_check": [
        copy("indicators_targetversion", known="NULL", decimals_written="-1")
    ],
    "mention_has_words": [update("indicators_mention", "words = ''")],
    "mention_upper_value_of_a_range": [
        update("indicators_mention", "upper_value = value + 1"),
        update("indicators_mention", "comparator = 'range', upper_value = value - 1"),
    ],
    "observation_upper_value_not_below": [
        copy("indicators_observation", known="NULL", upper_value="value - 1")
    ],
    "observation_words_of_its_sentence": [
        copy("indicators_observation", known="NULL", words="''"),
        copy("indicators_observation", known="NULL", passage_id="NULL"),
    ],
    "claim_has_words": [update("indicators_claim", "words = ''")],
    "claim_parts_within_the_whole": [
        update("indicators_claim", "stated_part = stated_total + 1"),
        update("indicators_claim", "stated_exceeded = stated_part + 1"),
    ],
    "indicators_claim_stated_part_check": [
        update("indicators_claim", "stated_part = -1, stated_exceeded = NULL")
    ],
    "indicators_claim_stated_exceeded_check": [update("indicators_claim", "stated_exceeded = -1")],
    # assignments
    "assignments_taskgroup_position_check": [update("assignments_taskgroup", "position = -1")],
    "task_rests_on_a_sentence_or_a_document": [
        update("assignments_task", "passage_id = NULL, words = '', document_id = NULL"),
        update("assignments_task", "words = ''"),
        update("assignments_task", "passage_id = NULL"),
    ],
    "task_continuous_without_deadline": [
        update("assignments_task", "is_continuous = true, deadline = '2025-12-31'")
    ],
    "assignments_task_version_check": [update("assignments_task", "version = -1")],
    "assignment_each_leads_its_own": [
        Raw("UPDATE assignments_task SET mode = 'each'"),  # its assignments follow it
        update("assignments_assignment", "mode = 'each'"),
    ],
    "assignment_percent_at_most_100": [update("assignments_assignment", "percent = 101")],
    "assignments_assignment_percent_check": [update("assignments_assignment", "percent = -1")],
    "assignments_assignment_version_check": [update("assignments_assignment", "version = -1")],
    "assignment_reported_done_on_a_day": [
        update("assignments_assignment", "status = 'completed', reported_on = NULL"),
        update("assignments_assignment", "status = 'in_progress', reported_on = '2025-11-20'"),
        update("assignments_assignment", "status = 'forgotten'"),
    ],
    "progressreport_percent_at_most_100": [copy("assignments_progressreport", percent="101")],
    "assignments_progressreport_percent_check": [copy("assignments_progressreport", percent="-1")],
    "progressreport_has_text": [copy("assignments_progressreport", text="''")],
    "transition_returned_with_a_reason": [
        copy("assignments_transition", report_id="NULL", to_status="'returned'", reason="''")
    ],
}

UNIQUE: dict[str, list[Copy | Raw]] = {
    # departments
    "departments_user_email_key": [copy("departments_user")],
    "departments_area_code_key": [copy("departments_area", kind="'commune'")],
    "area_one_province": [copy("departments_area", code="'another'", kind="'province'")],
    "departments_department_code_key": [copy("departments_department", slug="'another'")],
    "departments_department_slug_key": [copy("departments_department", code="'another'")],
    "department_has_one_name_at_a_time": [
        copy("departments_departmentname", starts_on="'2024-01-01'", ends_on="NULL"),
        copy("departments_departmentname", starts_on="NULL", ends_on="NULL"),
    ],
    "succession_of_a_field_once": [copy("departments_succession")],
    "membership_in_a_department_once_at_a_time": [
        copy("departments_membership"),
        copy("departments_membership", starts_on=NEXT_YEAR, role="'head'"),
    ],
    # news
    "news_category_slug_key": [copy("news_category")],
    "document_once": [copy("news_document")],
    "news_article_slug_key": [copy("news_article", translation_group="gen_random_uuid()")],
    "article_one_per_language_in_its_translation_group": [copy("news_article", slug="'another'")],
    "revision_number_once": [copy("news_revision")],
    "passage_once": [copy("news_passage")],
    # indicators
    "indicators_unitofmeasure_code_key": [copy("indicators_unitofmeasure")],
    "indicators_indicator_code_key": [copy("indicators_indicator")],
    "series_break_once_a_day": [copy("indicators_seriesbreak")],
    "indicator_led_by_one_department_at_a_time": [copy("indicators_responsibility")],
    "indicators_source_code_key": [copy("indicators_source")],
    "indicators_plan_slug_key": [copy("indicators_plan")],
    "perspective_position_once": [copy("indicators_perspective")],
    "target_set_code_once_in_a_plan": [copy("indicators_targetset")],
    "target_once_per_indicator_period_area_and_assigner": [copy("indicators_target")],
    "targetversion_one_in_force_from_a_day": [copy("indicators_targetversion", value="value + 1")],
    "mention_once": [copy("indicators_mention")],
    "observation_one_current_per_source": [copy("indicators_observation", value="value + 1")],
    "claim_once": [copy("indicators_claim")],
    # assignments
    "task_group_position_once": [copy("assignments_taskgroup")],
    "assignments_task_code_key": [copy("assignments_task")],
    "assignment_once_per_department": [copy("assignments_assignment", role="'monitor'")],
    "assignment_one_lead_of_a_joint_task": [
        copy(
            "assignments_assignment",
            role="'lead'",
            department_id="(SELECT min(id) FROM departments_department)",
        )
    ],
    "assignments_transition_report_id_key": [copy("assignments_transition")],
}

KEYS: dict[str, list[Copy | Raw]] = {
    "targetversion_sentence_of_its_article": [
        copy(
            "indicators_targetversion",
            known="NULL",
            article_id="(SELECT min(id) FROM news_article)",
        )
    ],
    "assignment_mode_of_its_task": [
        update("assignments_assignment", "mode = 'each', role = 'lead'")
    ],
}

IMPLIED: dict[str, tuple[str, Copy | Raw]] = {
    # What a composite key points to, beside the primary key.
    "passage_belongs_to_one_article": ("news_passage_pkey", copy("news_passage", id="id")),
    "task_has_one_mode": (
        "assignments_task_pkey",
        copy("assignments_task", id="id", code="'another'"),
    ),
    # The part is not negative, and within the whole.
    "indicators_claim_stated_total_check": (
        "claim_parts_within_the_whole",
        update("indicators_claim", "stated_total = -1"),
    ),
}
"""Constraints that others imply, so that the other one refuses first."""

TRIGGERS: dict[str, list[Copy | Raw]] = {
    "revision_append_only": [update("news_revision", "note = 'x'"), delete("news_revision")],
    "importbatch_append_only": [
        update("indicators_importbatch", "note = 'x'"),
        delete("indicators_importbatch"),
    ],
    "progressreport_append_only": [
        update("assignments_progressreport", "text = 'x'"),
        delete("assignments_progressreport"),
    ],
    "transition_append_only": [
        update("assignments_transition", "reason = 'x'"),
        delete("assignments_transition"),
    ],
    "targetversion_append_only": [
        update("indicators_targetversion", "value = value + 1"),
        update("indicators_targetversion", "known = NULL"),
        update("indicators_targetversion", "known = tstzrange('2020-01-01', NULL)"),
        update("indicators_targetversion", "known = tstzrange(lower(known), now()), value = 1"),
        delete("indicators_targetversion"),
    ],
    "observation_append_only": [
        update("indicators_observation", "value = value + 1"),
        update("indicators_observation", "known = NULL"),
        update("indicators_observation", "known = tstzrange('2020-01-01', NULL)"),
        update("indicators_observation", "recorded_at = '2020-01-01'"),
        delete("indicators_observation"),
    ],
    "plan_margins_frozen": [
        update("indicators_plan", "nearly_points = 0.2"),
        update("indicators_plan", "margins_frozen_at = NULL"),
    ],
}

BROKEN = CHECKS | UNIQUE | KEYS | TRIGGERS
