using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>What a journal says, read and checked: which plan, how far it came, and every rule as it was and as it was left.</summary>
public sealed record Journal
{
    /// <summary>Largest journal that is read.</summary>
    public const int MaxBytes = 1024 * 1024 * 1024;

    /// <summary>The plan it is about; null for a journal without a whole first line.</summary>
    public JournalEntry.Header? Header { get; private init; }

    /// <summary>Steps begun, in order; at most the last of them is not done.</summary>
    public ImmutableArray<JournalEntry.Begin> Begun { get; private init; } = [];

    /// <summary>Steps done, in order.</summary>
    public ImmutableArray<JournalEntry.Done> Done { get; private init; } = [];

    /// <summary>True when every step is done and verified.</summary>
    public bool IsFinished { get; private init; }

    /// <summary>Number of whole lines.</summary>
    public int Lines { get; private init; }

    /// <summary>Bytes of the whole lines; what follows is a torn last line.</summary>
    public long Length { get; private init; }

    /// <summary>True when a torn last line was left out, as a crash in the middle of writing leaves it.</summary>
    public bool IsTorn { get; private init; }

    /// <summary>The step that was begun and of which it is not known whether it was done; null when there is none.</summary>
    public JournalEntry.Begin? Unsettled => Begun.Length > Done.Length ? Begun[^1] : null;

    /// <summary>Reads a journal. Only its last line may be torn; anything else that is wrong is an error (SPD4006 to SPD4008, SPD4019).</summary>
    public static Result<Journal> Read(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Length > MaxBytes) return Result<Journal>.Failed(ApplyingDiagnostics.JournalTooLarge(name));
        var journal = new Journal();
        for (var offset = 0; offset < bytes.Length;)
        {
            var end = bytes.Span[offset..].IndexOf((byte)'\n');
            var line = end < 0 ? bytes[offset..] : bytes.Slice(offset, end);
            var isLast = end < 0 || offset + end + 1 == bytes.Length;
            ReadOnlyMemory<byte>? body = end < 0 ? null : JournalFormat.Unwrap(line, journal.Lines + 1);
            if (body is null)
            {
                if (journal.Lines == 0 && !MayBeTornHeader(bytes.Span)) return Result<Journal>.Failed(ApplyingDiagnostics.NotAJournal(name));
                if (!isLast || (end >= 0 && JournalFormat.IsWholeLineOfAnotherNumber(line))) return Failed(name, journal.Lines + 1, "it is not what was written");
                return Result<Journal>.Ok(journal with { IsTorn = true });
            }

            var fields = new JsonFields();
            if (JsonTree.Parse(body.Value.Span, out var problem, out _) is not { } tree) return Failed(name, journal.Lines + 1, problem);
            var entry = JournalFormat.Read(fields, tree, journal.StepOf);
            if (fields.Problems.Count > 0 || entry is null) return Failed(name, journal.Lines + 1, fields.Problems.Count > 0 ? fields.Problems[0].Problem : "it says nothing");
            if (journal.With(entry) is not { } next) return Failed(name, journal.Lines + 1, "it does not follow from the lines before");
            journal = next with { Lines = journal.Lines + 1, Length = offset + end + 1 };
            offset += end + 1;
        }

        return Result<Journal>.Ok(journal);
    }

    internal PlanStep? StepOf(int id) => Header is { Plan.Steps: var steps } && id >= 1 && id <= steps.Length ? steps[id - 1] : null;

    private Journal? With(JournalEntry entry) => (entry, Header) switch
    {
        (JournalEntry.Header header, null) when header.PlanDigest == PlanJsonWriter.DigestOf(header.Plan) => this with { Header = header },
        (_, null) or (_, _) when Header is null || IsFinished => null,
        (JournalEntry.Begin begin, _) when Unsettled is null && begin.Step == Done.Length + 1 => this with { Begun = Begun.Add(begin) },
        (JournalEntry.Done done, _) when Unsettled is { } begun && done.Step == begun.Step => this with { Done = Done.Add(done) },
        (JournalEntry.Stopped, _) => this,
        (JournalEntry.Finished, { } header) when Unsettled is null && Done.Length == header.Plan.Steps.Length => this with { IsFinished = true },
        _ => null,
    };

    // Before anything is cut off a file, it must look like one of ours: a first line that a crash tore, or blank pages.
    private static bool MayBeTornHeader(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(JournalFormat.FirstBytes) || JournalFormat.FirstBytes.StartsWith(bytes) || bytes.IndexOfAnyExcept((byte)0) < 0;

    private static Result<Journal> Failed(string name, int line, string problem) =>
        Result<Journal>.Failed(ApplyingDiagnostics.DamagedJournal(problem, new SourceSpan(name, line)));
}
