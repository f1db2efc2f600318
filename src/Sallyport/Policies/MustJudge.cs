using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Judges that everybody of one side reaches everybody of the other on every service.</summary>
internal sealed class MustJudge(ConnectivityModel model, BoundTest test, EndFinder ends)
{
    private readonly Reacher _reacher = new(model);
    private readonly WitnessFinder _witnesses = new(model);
    private readonly Explainer _explainer = new(model);
    private readonly PacketStory _story = new(model);
    private readonly GapFinder _gaps = new(model);

    /// <summary>A group without members breaks the test unless it allows that; then its rules alone must do.</summary>
    public Judgement Judge(TestRegion region, BoundEnd from, BoundEnd to, CancellationToken cancellationToken)
    {
        var (memberless, unread) = Sort(from, to);
        if (!test.AllowsEmpty && memberless.FirstOrDefault() is { Id.Value: { } id }) return Judgement.Broken(new TestFailure($"{NameOf(id, from, to)} ({id}) has no member", AnswerBasis.Snapshot));
        var known = Pairs(region, from, to, [.. memberless.Select(g => g.Id)], cancellationToken);
        if (known.Failures.Length > 0 || unread.IsEmpty) return known;

        // Rules only ever add: what the group's own rules let through holds for every interface that carries it, read or not.
        var gaps = ends.GapsOf([from, to]);
        if (test.IsEffective || unread.Any(g => !model.Estate.Index.Groups.ContainsKey(g.Id))) return known.And(Judgement.Undecided(gaps));
        var whoever = Pairs(region, from, to, [.. memberless.Concat(unread).Select(g => g.Id)], cancellationToken);
        var isCertain = whoever is { Failures.IsEmpty: true, Gaps.IsEmpty: true } && (test.AllowsEmpty || !unread.Any(g => ends.HasNoMember(g.Id)));
        return isCertain ? whoever : known.And(Judgement.Undecided(gaps));
    }

    private (ImmutableArray<BoundGroup> Memberless, ImmutableArray<BoundGroup> Unread) Sort(BoundEnd from, BoundEnd to)
    {
        var groups = from.Groups.Concat(to.Groups).Distinct().ToLookup(g => model.MemberGaps.AreIncomplete(g.Id));
        return ([.. groups[false].Where(g => ends.HasNoMember(g.Id))], [.. groups[true]]);
    }

    private static string NameOf(string id, BoundEnd from, BoundEnd to) => from.Groups.Any(g => g.Id.Value == id) ? from.Name : to.Name;

    private Judgement Pairs(TestRegion region, BoundEnd from, BoundEnd to, ImmutableArray<SecurityGroupId> byRules, CancellationToken cancellationToken)
    {
        var result = Judgement.Holds;
        foreach (var services in TestParts.Of(region.Services))
        {
            // Two dual-stack ends ping each other on IPv4, also where exceptions leave only their IPv6 addresses over.
            var (source, target) = (Set(region.From, from, byRules), Set(region.To, to, byRules));
            if (HasMembersFor(from, services) && HasMembersFor(to, services)) (source, target) = (TestParts.Restrict(source, services), TestParts.Restrict(target, services));
            var question = new ReachQuestion(source, target, services, test.IsEffective);
            if (question.From.IsEmpty || question.To.IsEmpty) continue;
            result = result.And(Ask(question, region, from, to, cancellationToken));
        }

        return result;
    }

    private bool HasMembersFor(BoundEnd end, ServiceSet services) => !TestParts.Restrict(ends.Of(end).Now, services).HasNoMember;

    private static EndpointSet Set(TestEnds set, BoundEnd end, ImmutableArray<SecurityGroupId> byRules) => set.Now with
    {
        Name = end.Name,
        EmptyGroups = [.. end.Groups.Select(g => g.Id).Where(g => byRules.Contains(g) && set.ToCome.Keys.Any(m => m.Group == g))],
    };

    private Judgement Ask(ReachQuestion question, TestRegion region, BoundEnd from, BoundEnd to, CancellationToken cancellationToken)
    {
        var answer = _reacher.Ask(question, cancellationToken);
        if (HasNoPair(question, answer))
        {
            // What exceptions left over may well be no pair: there are pairs, and all of them are covered.
            var whole = question with { From = ends.Of(from).Now, To = ends.Of(to).Now };
            if (!test.Exemptions.IsEmpty && !HasNoPair(whole, _reacher.Ask(whole, cancellationToken))) return Judgement.Holds;

            // One member has nobody of its own to talk to; the next one will.
            question = question with { From = ByRules(question.From, from), To = ByRules(question.To, to) };
            answer = _reacher.Ask(question, cancellationToken);
            if (HasNoPair(question, answer)) return Judgement.Broken(new TestFailure($"{from.Name} -> {to.Name} has no pair to judge: {answer.NoPair ?? "neither end is in the estate"}", AnswerBasis.Snapshot) { Expired = region.Expired });
        }

        var asked = question.Services!;
        if (asked.IsSubsetOf(answer.AllowedEverywhere))
        {
            return answer.PartlyAnswered.IsEmpty ? Judgement.Holds : Judgement.Broken(new TestFailure(
                $"{from.Name} reaches {to.Name} on {ServiceWords.Of(answer.PartlyAnswered)}, but the answer gets back to part of the ephemeral ports only", answer.Basis)
            { Services = answer.PartlyAnswered, Notes = answer.Notes, Expired = region.Expired });
        }

        return answer.Blockers.IsEmpty
            ? Judgement.Undecided(_gaps.GapsOf(question, cancellationToken))
            : Judgement.Broken(Stopped(question, answer, region, from, to, cancellationToken));
    }

    private static bool HasNoPair(ReachQuestion question, ReachAnswer answer) => answer.NoPair is not null || (IsOutside(question.From) && IsOutside(question.To));

    private static bool IsOutside(EndpointSet set) => set.Places.IsEmpty && set.EmptyGroups.IsEmpty;

    private static EndpointSet ByRules(EndpointSet set, BoundEnd end) => set with { EmptyGroups = [.. set.EmptyGroups.Union(end.Groups.Select(g => g.Id))] };

    private TestFailure Stopped(ReachQuestion question, ReachAnswer answer, TestRegion region, BoundEnd from, BoundEnd to, CancellationToken cancellationToken)
    {
        var missing = question.Services!.Subtract(answer.AllowedEverywhere);
        var certain = missing.Subtract(answer.Unknown);
        if (certain.IsEmpty) certain = missing;
        var failure = new TestFailure($"not every {from.Name} reaches every {to.Name} on {ServiceWords.Of(certain)}", answer.Basis)
        {
            Services = certain,
            Blockers = answer.Blockers,
            Notes = answer.Notes,
            Expired = region.Expired,
        };
        return _witnesses.FindDenied(question, certain) is { } witness
            ? _story.Stopped(failure, witness, test.IsEffective, from.Groups, to.Groups)
            : failure with { Missing = _explainer.Explain(question, _reacher.Ask(question, cancellationToken)).Missing };
    }
}
