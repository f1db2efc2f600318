using Sallyport.Connections;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Judges that nobody of one side reaches anybody of the other: now, and whoever will carry the groups.</summary>
/// <param name="model">The estate.</param>
/// <param name="test">A <c>never</c>, or an <c>only</c>, which is a never of everybody else.</param>
/// <param name="manyPairs">Beyond as many pairs of addresses, questions are cut.</param>
internal sealed class NeverJudge(ConnectivityModel model, BoundTest test, long manyPairs)
{
    private readonly bool _isAboutEverybody = test.Kind == TestKind.Only || test.From.Concat(test.To).Any(e => e.IsEverybody);
    private readonly SideTotals _totals = new(model);
    private readonly Reacher _reacher = new(model);
    private readonly WitnessFinder _witnesses = new(model);
    private readonly PacketStory _story = new(model);
    private readonly FutureJudge _future = new(model);
    private readonly GapFinder _gaps = new(model);

    /// <summary>Of pairs that are there now one that breaks it goes first; members to come are looked at only where none does.</summary>
    public Judgement Judge(TestRegion region, string from, string to, CancellationToken cancellationToken)
    {
        var now = Now(region, from, to, cancellationToken);
        if (now.Failures.Length > 0) return now;
        var future = Future(region, from, to, cancellationToken);
        return future.Failures.Length > 0 ? future : now.And(future).And(HiddenPairs(region));
    }

    private Judgement Now(TestRegion region, string from, string to, CancellationToken cancellationToken)
    {
        var undecided = Judgement.Holds;
        foreach (var question in Questions(region))
        {
            var answer = _reacher.Ask(question, cancellationToken);
            if (answer.NoPair is not null) continue;
            if (!answer.Allowed.IsEmpty)
            {
                var failure = new TestFailure($"{from} reaches {to} on {ServiceWords.Of(answer.Allowed)}", AnswerBasis.Snapshot) { Services = answer.Allowed, Expired = region.Expired };
                return Judgement.Broken(_witnesses.FindAllowed(question, answer.Allowed) is { } witness ? _story.Through(failure, witness, test.IsEffective) : failure);
            }

            if (!answer.Unknown.IsEmpty) undecided = undecided.And(Judgement.Undecided(_gaps.GapsOf(question, cancellationToken)));
        }

        return undecided;
    }

    // Between two ends that no group filters (addresses outside, NAT gateways, transit gateway attachments) groups decide nothing:
    // whoever says "*" of the groups' layer does not mean those, whoever names them does.
    private IEnumerable<ReachQuestion> Questions(TestRegion region)
    {
        var (source, target) = (region.From.Now, region.To.Now);
        (EndpointSet From, EndpointSet To)[] sides = _isAboutEverybody && !test.IsEffective
            ? [(Filtered(source), target), (source with { Places = source.Places.RemoveAll(IsFiltered) }, Filtered(target))]
            : [(source, target)];
        return sides
            .SelectMany(s => TestParts.Of(region.Services).Select(p => new ReachQuestion(TestParts.Restrict(s.From, p), TestParts.Restrict(s.To, p), p, test.IsEffective)))
            .Where(q => !q.From.HasNoMember && !q.To.HasNoMember && !(q.From.Places.IsEmpty && q.To.Places.IsEmpty))
            .SelectMany(Cut);
    }

    // Of very many pairs the first that breaks the test is enough, and those that their own side stops anyway are not looked at.
    private IEnumerable<ReachQuestion> Cut(ReachQuestion question)
    {
        if (test.IsEffective || (long)question.From.Places.Length * question.To.Places.Length <= manyPairs) return [question];
        var senders = question.From with { Places = [.. question.From.Places.Where(p => _totals.MayPass(Direction.Egress, model.GroupsOf(p.Nic), question.Services!))] };
        var targets = question.To with { Places = [.. question.To.Places.Where(p => _totals.MayPass(Direction.Ingress, model.GroupsOf(p.Nic), question.Services!))] };
        var nobody = ConnectivityModel.Nobody(senders.Name);
        return senders.Places.Chunk((int)Math.Clamp(manyPairs / 5_000, 1, 1_000)).Select(c => nobody with { Places = [.. c] })
            .Append(senders with { Places = [] })
            .Where(f => !f.HasNoMember && !targets.HasNoMember && !(f.Places.IsEmpty && targets.Places.IsEmpty))
            .Select(f => question with { From = f, To = targets });
    }

    private EndpointSet Filtered(EndpointSet set) => ConnectivityModel.Nobody(set.Name) with { Places = [.. set.Places.Where(IsFiltered)] };

    private bool IsFiltered(Place place) => model.GroupsOf(place.Nic).Length > 0;

    private Judgement Future(TestRegion region, string from, string to, CancellationToken cancellationToken)
    {
        var found = _future.Judge(region, cancellationToken);
        if (!found.Allowed.IsEmpty)
        {
            return Judgement.Broken(new TestFailure($"a member to come opens {from} -> {to} on {ServiceWords.Of(found.Allowed)}", AnswerBasis.Symbolic)
            {
                Services = found.Allowed,
                Witness = found.Witness,
                Egress = found.Egress,
                Ingress = found.Ingress,
                Expired = region.Expired,
            });
        }

        return found.Unknown.IsEmpty ? Judgement.Holds : Judgement.Undecided(found.Gaps);
    }

    // Between two addresses outside nothing here decides, unless one of them is an interface that nobody read.
    private Judgement HiddenPairs(TestRegion region)
    {
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var (from, to, hidden) = (region.From.Now.Outside(family), region.To.Now.Outside(family), model.MemberGaps.Hidden(family));
            if (from.IsEmpty || to.IsEmpty) continue;
            var both = from.Union(to);
            if (both.Overlaps(hidden)) return Judgement.Undecided([$"the interfaces at {AddressWords(both.Intersect(hidden))} were not read"]);
            if (_isAboutEverybody && model.MemberGaps.IsAnythingUnread) return Judgement.Undecided(["not all interfaces were read"]);
        }

        return Judgement.Holds;
    }

    private static string AddressWords(AddressSet addresses)
    {
        var blocks = addresses.ToCidrs();
        return string.Join(", ", blocks.Take(3)) + (blocks.Length > 3 ? $" and {blocks.Length - 3} more" : string.Empty);
    }
}
