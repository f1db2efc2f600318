using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Finds out which gap leaves a question open, by narrowing it to one pair that it leaves open too.</summary>
internal sealed class GapFinder(ConnectivityModel model)
{
    private readonly Reacher _reacher = new(model);
    private readonly Explainer _explainer = new(model);

    public ImmutableArray<string> GapsOf(ReachQuestion question, CancellationToken cancellationToken)
    {
        var open = Narrow(Narrow(question, isFrom: true, cancellationToken), isFrom: false, cancellationToken);
        var answer = _reacher.Ask(open, cancellationToken);
        var explanation = _explainer.Explain(open, answer);
        ImmutableArray<string> gaps = [.. explanation.Gaps.Concat(explanation.Gaps.IsEmpty || open.IsEffective ? answer.Notes : []).Distinct()];
        return gaps.IsEmpty ? [$"something between {open.From.Name} and {open.To.Name} was not read"] : gaps;
    }

    private ReachQuestion Narrow(ReachQuestion question, bool isFrom, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Halves(isFrom ? question.From : question.To)
                .Select(half => isFrom ? question with { From = half } : question with { To = half })
                .FirstOrDefault(q => _reacher.Ask(q, cancellationToken) is { NoPair: null, Unknown.IsEmpty: false });
            if (next is null) return question;
            question = next;
        }
    }

    private static IEnumerable<EndpointSet> Halves(EndpointSet set)
    {
        var nobody = ConnectivityModel.Nobody(set.Name) with { Group = set.Group };
        var isMixed = (set.Places.IsEmpty ? 0 : 1) + (set.OutsideV4.IsEmpty && set.OutsideV6.IsEmpty ? 0 : 1) + (set.EmptyGroups.IsEmpty ? 0 : 1) > 1;
        if (isMixed)
        {
            yield return nobody with { Places = set.Places };
            yield return nobody with { EmptyGroups = set.EmptyGroups };
            yield return nobody with { OutsideV4 = set.OutsideV4, OutsideV6 = set.OutsideV6 };
        }
        else if (set.Places.Length > 1)
        {
            yield return nobody with { Places = set.Places[..(set.Places.Length / 2)] };
            yield return nobody with { Places = set.Places[(set.Places.Length / 2)..] };
        }
        else if (set.EmptyGroups.Length > 1)
        {
            foreach (var group in set.EmptyGroups) yield return nobody with { EmptyGroups = [group] };
        }
        else if (set is { OutsideV4.IsEmpty: false, OutsideV6.IsEmpty: false })
        {
            yield return nobody with { OutsideV4 = set.OutsideV4 };
            yield return nobody with { OutsideV6 = set.OutsideV6 };
        }
        else if (set.OutsideV4.Ranges.Length > 1 || set.OutsideV6.Ranges.Length > 1)
        {
            yield return nobody with { OutsideV4 = Half(set.OutsideV4, isFirst: true), OutsideV6 = Half(set.OutsideV6, isFirst: true) };
            yield return nobody with { OutsideV4 = Half(set.OutsideV4, isFirst: false), OutsideV6 = Half(set.OutsideV6, isFirst: false) };
        }
    }

    private static AddressSet Half(AddressSet set, bool isFirst)
    {
        var middle = (set.Ranges.Length + 1) / 2;
        return AddressSet.FromRanges(set.Family, isFirst ? set.Ranges[..middle] : set.Ranges[middle..]);
    }
}
