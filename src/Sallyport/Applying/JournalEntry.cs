using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>One line of a journal. Rules are stored whole (content, description, tags, id), so that undo needs nothing else.</summary>
public abstract record JournalEntry(DateTimeOffset At)
{
    /// <summary>The first line: which plan this is about. The plan itself is kept inside, so the journal stands alone.</summary>
    public sealed record Header(DateTimeOffset At, string PlanDigest, Plan Plan) : JournalEntry(At);

    /// <summary>Written before a step's first call. <paramref name="Before"/>: the rules the step is about, as they were.</summary>
    public sealed record Begin(DateTimeOffset At, int Step, ImmutableArray<SecurityGroupRule> Before) : JournalEntry(At);

    /// <summary>Written when a step is known to be done. <paramref name="After"/>: the rules the step is about, as they are now.</summary>
    public sealed record Done(DateTimeOffset At, int Step, StepSettlement How, ImmutableArray<SecurityGroupRule> After) : JournalEntry(At);

    /// <summary>A clean stop at a step that was refused: why, in AWS's words. The step may be resumed later.</summary>
    public sealed record Stopped(DateTimeOffset At, int Step, string Code, string Message, string? RequestId) : JournalEntry(At);

    /// <summary>Every step is done and verified.</summary>
    public sealed record Finished(DateTimeOffset At) : JournalEntry(At);
}
