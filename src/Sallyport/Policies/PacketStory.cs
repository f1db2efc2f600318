using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Tells of one packet why it gets through, or what stops it.</summary>
internal sealed class PacketStory(ConnectivityModel model)
{
    private readonly Reacher _reacher = new(model);
    private readonly Explainer _explainer = new(model);

    /// <summary>The failure with a packet that gets through and the rules that let it.</summary>
    public TestFailure Through(TestFailure failure, Witness witness, bool isEffective)
    {
        var explanation = Explain(witness, isEffective, [], []);
        return failure with { Witness = TestWitness.Of(witness), Egress = explanation.Egress, Ingress = explanation.Ingress, Notes = explanation.Answer.Notes };
    }

    /// <summary>The failure with a packet that does not get through, what stops it and what its groups lack.</summary>
    public TestFailure Stopped(TestFailure failure, Witness witness, bool isEffective, ImmutableArray<BoundGroup> from, ImmutableArray<BoundGroup> to)
    {
        var explanation = Explain(witness, isEffective, from, to);
        return failure with { Witness = TestWitness.Of(witness), Blockers = explanation.Answer.Blockers, Missing = explanation.Missing, Notes = explanation.Answer.Notes };
    }

    private Explanation Explain(Witness witness, bool isEffective, ImmutableArray<BoundGroup> from, ImmutableArray<BoundGroup> to)
    {
        var services = ServiceSet.FromIntervals([new Interval(witness.Point, witness.Point)]);
        var question = new ReachQuestion(Set(witness.From, from), Set(witness.To, to), services, isEffective);
        return _explainer.Explain(question, _reacher.Ask(question));
    }

    // Of the groups an interface carries, the one that the test names is the one that should get the missing rule.
    private EndpointSet Set(Endpoint end, ImmutableArray<BoundGroup> named)
    {
        var carried = named.Where(g => end.Interface?.Groups.Contains(g.Id) == true).Select(g => (SecurityGroupId?)g.Id).FirstOrDefault();
        return model.OfEndpoint(end) with { Group = carried };
    }
}
