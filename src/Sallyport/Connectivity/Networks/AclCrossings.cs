using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// The borders of one connection, there and back, and what their ACLs let through together. ACLs keep no state: the answer is
/// judged like a packet of its own. (reference: reachability-and-synthesis §4.3)
/// </summary>
/// <param name="clientPorts">Ports the source sends from.</param>
/// <param name="natPorts">Ports a NAT gateway sends from.</param>
internal sealed class AclCrossings(AnswerPorts clientPorts, AnswerPorts natPorts)
{
    private readonly List<Crossing> _there = [];
    private readonly List<(Crossing Crossing, bool IsToNat)> _back = [];

    /// <summary>A crossing of the packet that opens the connection.</summary>
    public void AddThere(IEnumerable<Crossing> crossings) => _there.AddRange(crossings);

    /// <summary>A crossing of the answer, to the source's port or to a NAT gateway's.</summary>
    public void AddBack(IEnumerable<Crossing> crossings, bool isToNat) => _back.AddRange(crossings.Select(c => (c, isToNat)));

    /// <summary>What passes, and of that what is only partly answered.</summary>
    public (Passage Passage, ServiceSet PartlyAnswered) Judge()
    {
        var (certain, possible) = (ServiceSet.Any, ServiceSet.Any);
        foreach (var crossing in _there) Narrow(crossing, ref certain, ref possible);
        if (_back.Count == 0) return (new Passage(certain, possible), ServiceSet.Empty);

        var (surely, perhaps) = AnsweredBack();
        var partly = certain.Intersect(surely.AtAll.Subtract(perhaps.Wholly));
        var allowed = certain.Intersect(surely.Wholly).Union(partly);
        return (new Passage(allowed, possible.Intersect(perhaps.AtAll)), partly);
    }

    /// <summary>What each ACL stops, and which were not read, in order of travel.</summary>
    public IEnumerable<PathNote> Notes()
    {
        foreach (var crossing in _there)
        {
            foreach (var note in crossing.Ways.Length == 1 ? NotesOf(crossing) : NotesOfWays(crossing, s => s.Complement())) yield return note;
        }

        var passed = new Dictionary<bool, ServiceSet> { [true] = ServiceSet.Any, [false] = ServiceSet.Any };
        foreach (var (crossing, isToNat) in _back)
        {
            var ports = isToNat ? natPorts : clientPorts;
            if (crossing.Ways.Length > 1)
            {
                foreach (var note in NotesOfWays(crossing, s => ports.By(s).AtAll.Complement())) yield return note;
                continue;
            }

            foreach (var pass in Certain(crossing))
            {
                foreach (var note in AnswerNotes(pass, ports, passed[isToNat])) yield return note;
                if (pass.Services is { } services) passed[isToNat] = passed[isToNat].Intersect(services);
            }
        }
    }

    private (Answered Surely, Answered Perhaps) AnsweredBack()
    {
        var (client, clientPossible, nat, natPossible) = (ServiceSet.Any, ServiceSet.Any, ServiceSet.Any, ServiceSet.Any);
        foreach (var (crossing, isToNat) in _back)
        {
            if (isToNat) Narrow(crossing, ref nat, ref natPossible);
            else Narrow(crossing, ref client, ref clientPossible);
        }

        return (clientPorts.By(client).And(natPorts.By(nat)), clientPorts.By(clientPossible).And(natPorts.By(natPossible)));
    }

    private static void Narrow(Crossing crossing, ref ServiceSet certain, ref ServiceSet possible)
    {
        if (crossing.Ways is [var only])
        {
            var (surely, perhaps) = Through(only);
            certain = certain.Intersect(surely);
            if (!crossing.IsContested) possible = possible.Intersect(perhaps);
            return;
        }

        var any = ServiceSet.Empty;
        foreach (var way in crossing.Ways)
        {
            var (surely, perhaps) = Through(way);
            certain = certain.Intersect(surely);
            any = any.Union(perhaps);
        }

        if (!crossing.IsContested) possible = possible.Intersect(any);
    }

    private static (ServiceSet Certain, ServiceSet Possible) Through(ImmutableArray<AclPass> way)
    {
        var (certain, possible) = (ServiceSet.Any, ServiceSet.Any);
        foreach (var pass in way)
        {
            if (pass.Services is { } services)
            {
                certain = certain.Intersect(services);
                possible = possible.Intersect(services);
            }
            else
            {
                certain = ServiceSet.Empty;
            }
        }

        return (certain, possible);
    }

    /// <summary>Borders that are crossed whatever the doubts.</summary>
    private static ImmutableArray<AclPass> Certain(Crossing crossing) => crossing is { Ways: [var only], IsContested: false } ? only : [];

    private static IEnumerable<PathNote> NotesOf(Crossing crossing)
    {
        foreach (var pass in Certain(crossing))
        {
            if (Note(pass) is { } note) yield return note;
        }
    }

    /// <summary>Of several ways: what all of them stop, and that they differ.</summary>
    private static IEnumerable<PathNote> NotesOfWays(Crossing crossing, Func<ServiceSet, ServiceSet> stopped)
    {
        var (certain, possible) = (ServiceSet.Any, ServiceSet.Any);
        Narrow(crossing with { IsContested = false }, ref certain, ref possible);
        var places = string.Join(", ", crossing.Ways.SelectMany(w => w).Select(p => p.Place?.Id.Value ?? "an unread subnet").Distinct());
        var stops = stopped(possible);
        if (!stops.IsEmpty && !crossing.IsContested) yield return new PathNote(Layer.Nacl, string.Empty, $"The network ACLs on every way ({places}) stop packets.") { Stops = stops };
        if (!certain.Equals(possible)) yield return new PathNote(Layer.Nacl, string.Empty, $"The network ACLs on the ways a transit gateway may use ({places}) differ.") { IsGap = true };
    }

    private static PathNote? Note(AclPass pass)
    {
        if (pass.Services is not { } services) return NotRead(pass);
        if (services.IsAny) return null;
        var way = pass.Direction == Direction.Egress ? $"to {pass.Far}" : $"from {pass.Far}";
        return new PathNote(Layer.Nacl, pass.Place!.Acl!.Id, $"{pass.Place.Acl.Id} of {pass.Place.Id} stops packets {way}.") { Stops = services.Complement() };
    }

    private static IEnumerable<PathNote> AnswerNotes(AclPass pass, AnswerPorts ports, ServiceSet passedBefore)
    {
        if (pass.Services is not { } services)
        {
            yield return NotRead(pass);
            yield break;
        }

        var answered = ports.By(services);
        if (answered.Wholly.IsAny) yield break;
        var (acl, way) = (pass.Place!.Acl!.Id, pass.Direction == Direction.Egress ? $"to {pass.Far}" : $"from {pass.Far}");

        // What this ACL alone stops, and what it stops together with those before it.
        var stops = answered.AtAll.Complement().Union(ports.By(passedBefore).AtAll.Subtract(ports.By(passedBefore.Intersect(services)).AtAll));
        if (!stops.IsEmpty) yield return new PathNote(Layer.Nacl, acl, $"{acl} of {pass.Place.Id} stops the answer {way}.") { Stops = stops };
        if (answered.AtAll.IsSubsetOf(answered.Wholly)) yield break;
        yield return new PathNote(Layer.Nacl, acl, $"{acl} of {pass.Place.Id} lets the answer {way} through to part of the ephemeral ports only.");
    }

    private static PathNote NotRead(AclPass pass) => pass.Place is { } place
        ? new PathNote(Layer.Nacl, place.Acl?.Id ?? place.Id.Value, $"The network ACL of {place.Id} was not read.") { IsGap = true }
        : new PathNote(Layer.Nacl, string.Empty, $"The subnet and network ACL at the other end of {pass.Far} were not read.") { IsGap = true };
}
