using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Applying;

/// <summary>Every diagnostic of applying, undoing and of journals: SPD4000-SPD4999. One method a code; the sentence lives here only.</summary>
internal static class ApplyingDiagnostics
{
    public static Diagnostic StateDiffers(IEnumerable<SecurityGroupId> groups) =>
        new("SPD4001", Severity.Error, $"The estate is no longer the one the plan was made from: at least one of its groups has other rules, descriptions or tags ({Names(groups)}). Make a new plan.");

    public static Diagnostic GroupGone(SecurityGroupId group) =>
        new("SPD4002", Severity.Error, $"The group {group} does not exist, or this account may not see it.");

    public static Diagnostic NotPermitted(SecurityGroupId group, TargetChange change, TargetException why) =>
        new("SPD4003", Severity.Error, $"The dry run of {change} on {group} did not say yes: {Words(why)}.");

    public static Diagnostic OtherPlan(string journal) =>
        new("SPD4004", Severity.Error, "The journal is about another plan, which is not finished. Finish that plan or undo the journal first, or keep a journal of its own with --journal FILE.", new SourceSpan(journal));

    public static Diagnostic AlreadyFinished(string journal) =>
        new("SPD4005", Severity.Note, "The journal says that everything was done. Nothing to do.", new SourceSpan(journal));

    public static Diagnostic DamagedJournal(string problem, SourceSpan at) =>
        new("SPD4006", Severity.Error, $"The journal is damaged: {problem}. Nothing was changed; the lines before this one are intact.", at);

    public static Diagnostic NotAJournal(string journal) =>
        new("SPD4007", Severity.Error, "This file is not a journal; it is left as it is.", new SourceSpan(journal));

    public static Diagnostic NoHeader(string journal) =>
        new("SPD4008", Severity.Error, "The journal is empty: nothing was done under it, so there is nothing to undo.", new SourceSpan(journal));

    public static Diagnostic Refused(int step, TargetException why) =>
        new("SPD4009", Severity.Error, $"Step {step} was refused: {Words(why)}. What was done before it stays done; run the same command again to continue, or undo the journal.");

    public static Diagnostic OutcomeUnknown(int step, TargetException why) =>
        new("SPD4010", Severity.Error, $"Step {step} got no answer, and reading again does not show it done: {Words(why)}. Run the same command again to continue, or undo the journal.");

    public static Diagnostic Interfered(int step, SecurityGroupId group, RuleKey rule) =>
        new("SPD4011", Severity.Error, $"Step {step} stopped: somebody else changed {rule} of {group} in the meantime. Make a new plan, or undo the journal.");

    public static Diagnostic NotVisible(SecurityGroupId group, RuleKey rule) =>
        new("SPD4012", Severity.Error, $"{group} does not show {rule} as it was left. Run the same command again to continue, or undo the journal.");

    public static Diagnostic CannotResume(SecurityGroupId group, RuleKey rule) =>
        new("SPD4013", Severity.Error, $"{group} is not as the journal left it: {rule} was changed since. Nothing was changed now. Make a new plan, or undo the journal.");

    public static Diagnostic CannotUndo(SecurityGroupId group, RuleKey rule) =>
        new("SPD4014", Severity.Error, $"{rule} of {group} is neither as the journal left it nor as it was before: somebody changed it since. Nothing was changed.");

    public static Diagnostic MalformedGroup(SecurityGroupId group) =>
        new("SPD4015", Severity.Error, $"\"{group}\" is not a security group id: EC2 takes sg- and 8 or 17 hex digits. Nothing was changed.");

    public static Diagnostic CannotRead(TargetException why) =>
        new("SPD4016", Severity.Error, $"The estate could not be read: {Words(why)}.");

    public static Diagnostic TornLine(string journal, int line) =>
        new("SPD4018", Severity.Note, "The last line was cut short by a crash and is left out; the step it was about is looked up in the estate.", new SourceSpan(journal, line));

    public static Diagnostic JournalTooLarge(string journal) =>
        new("SPD4019", Severity.Error, $"The journal is larger than {Journal.MaxBytes / (1024 * 1024)} MB.", new SourceSpan(journal));

    private static string Words(TargetException e) => $"{e.Code}: {e.Message.TrimEnd('.')}{(e.RequestId is null ? string.Empty : $" (request {e.RequestId})")}";

    private static string Names(IEnumerable<SecurityGroupId> groups)
    {
        var list = groups.Order().ToList();
        return list.Count <= 5 ? string.Join(", ", list) : $"{string.Join(", ", list.Take(5))} and {list.Count - 5} more";
    }
}
