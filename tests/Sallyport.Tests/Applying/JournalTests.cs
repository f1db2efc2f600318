using System.Text;
using Sallyport.Applying;
using static Sallyport.Tests.Applying.ApplyBench;

namespace Sallyport.Tests.Applying;

/// <summary>Journal files as evidence: every line checked, a torn last line forgiven, everything else refused.</summary>
public sealed class JournalTests
{
    [Fact]
    public void Holds_the_plan_and_every_rule_before_and_after()
    {
        var (_, plan, bytes) = Finished();
        var journal = Journal.Read(bytes, "j").Value!;
        Assert.True(journal.IsFinished);
        Assert.False(journal.IsTorn);
        Assert.Equal(bytes.Length, journal.Length);
        Assert.Equal(plan.Steps.Length, journal.Done.Length);
        Assert.Equal(plan.EstateDigest, journal.Header!.Plan.EstateDigest);
        var revoke = journal.Begun.Zip(journal.Done).Last();
        Assert.NotEmpty(revoke.First.Before);
        Assert.Empty(revoke.Second.After);
        Assert.All(journal.Done[0].After, r => Assert.NotNull(r.Id));
    }

    [Fact]
    public void Cut_anywhere_it_keeps_its_whole_lines()
    {
        var (_, _, bytes) = Finished();
        for (var length = 0; length <= bytes.Length; length++)
        {
            var journal = Journal.Read(bytes.AsMemory(0, length), "j");
            Assert.True(journal.IsOk, $"{length}: {string.Join("\n", journal.Diagnostics)}");
            Assert.Equal(bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1, journal.Value.Length);
            Assert.Equal(journal.Value.Length != length, journal.Value.IsTorn);
        }
    }

    [Fact]
    public void A_changed_byte_in_any_line_but_the_last_is_an_error_and_in_the_last_a_tear()
    {
        var (_, _, bytes) = Finished();
        var lastLine = Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1;
        for (var at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            var read = Journal.Read(changed, "j");
            // Without its newline the line before runs into the last one, and the two are torn together.
            if (at >= lastLine - 1)
            {
                Assert.True(read.Value is { IsTorn: true, IsFinished: false }, $"byte {at} of {bytes.Length}, last line from {lastLine}: {read.Value} {string.Join(";", read.Diagnostics)}");
            }
            else
            {
                Assert.Contains(Assert.Single(read.Diagnostics).Code, new[] { "SPD4006", "SPD4007" });
            }
        }
    }

    [Fact]
    public void Lines_left_out_doubled_or_swapped_are_noticed()
    {
        var lines = Encoding.UTF8.GetString(Finished().Bytes).TrimEnd('\n').Split('\n');
        for (var i = 1; i < lines.Length - 1; i++)
        {
            Refused([.. lines[..i], .. lines[(i + 1)..]]);
            Refused([.. lines[..i], lines[i], .. lines[i..]]);
            Refused([.. lines[..i], lines[i + 1], lines[i], .. lines[(i + 2)..]]);
        }

        static void Refused(string[] lines) =>
            Assert.Equal("SPD4006", Assert.Single(Journal.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), "j").Diagnostics).Code);
    }

    [Fact]
    public void Blank_pages_after_a_power_cut_are_an_empty_journal_and_other_files_are_none()
    {
        Assert.True(Journal.Read(new byte[512], "j").Value is { Header: null, IsTorn: true });
        Assert.True(Journal.Read("{\"n\":1,"u8.ToArray(), "j").Value is { Header: null, IsTorn: true });
        Assert.Equal("SPD4007", Assert.Single(Journal.Read("{\"n\":2}\n"u8.ToArray(), "j").Diagnostics).Code);
        Assert.Equal("SPD4007", Assert.Single(Journal.Read("x"u8.ToArray(), "j").Diagnostics).Code);
    }

    [Fact]
    public void Damaged_journals_never_crash_the_reader()
    {
        var bytes = Finished().Bytes;
        var random = new FaultSchedule(7);
        for (var round = 0; round < 3000; round++)
        {
            byte[] damaged = [.. bytes];
            for (var hit = random.Next(5); hit >= 0; hit--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) damaged = damaged[random.Next(damaged.Length)..];
            var read = Journal.Read(damaged, "j");
            Assert.True(read.Value is not null || read.Diagnostics.Length > 0);
        }
    }

    [Fact]
    public void A_forged_line_with_a_right_sum_is_checked_like_any_input()
    {
        // Sums keep accidents out, not people: a step that the plan lacks, or a rule that is not the step's, is still refused.
        var (_, plan, bytes) = Finished();
        var first = bytes[..(Array.IndexOf(bytes, (byte)'\n') + 1)];
        var stranger = plan.Steps[^1].Rules[0].ToRule();
        var step = plan.Steps[0] with { Rules = plan.Steps[^1].Rules, Group = plan.Steps[0].Group, Action = plan.Steps[^1].Action };
        var forged = JournalFormat.Write(2, new JournalEntry.Begin(DateTimeOffset.UnixEpoch, 1, [stranger with { Description = "x" }]), _ => step);
        Assert.Equal("SPD4006", Assert.Single(Journal.Read((byte[])[.. first, .. forged], "j").Diagnostics).Code);
        var done = JournalFormat.Write(2, new JournalEntry.Done(DateTimeOffset.UnixEpoch, 1, StepSettlement.Called, []), id => plan.Steps[id - 1]);
        Assert.Equal("SPD4006", Assert.Single(Journal.Read((byte[])[.. first, .. done], "j").Diagnostics).Code);
        var finished = JournalFormat.Write(2, new JournalEntry.Finished(DateTimeOffset.UnixEpoch), id => plan.Steps[id - 1]);
        Assert.Equal("SPD4006", Assert.Single(Journal.Read((byte[])[.. first, .. finished], "j").Diagnostics).Code);
    }

    private static (SimulatedTarget Target, Sallyport.Planning.Plan Plan, byte[] Bytes) Finished()
    {
        var (estate, plan) = ApplierTests.TwoGroups();
        var target = new SimulatedTarget(estate);
        var journal = new MemoryJournal();
        Assert.Equal(ApplyOutcome.Done, Apply(plan, target, journal).Outcome);
        return (target, plan, journal.Bytes);
    }
}
