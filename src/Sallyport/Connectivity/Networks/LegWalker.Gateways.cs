using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>Gateways that carry a packet on.</summary>
internal sealed partial class LegWalker
{
    private void PassNat(string id)
    {
        if (!_opens)
        {
            StopHere(id, $"The answer to {_to.Address} would leave through {id}, which accepts no new connection.");
        }
        else if (_map.GatewayOf(id) is not { } nat || _map.PlaceOf(nat.Subnet) is not { } place)
        {
            LoseBeyond(id, _map.GatewayOf(id) is null ? $"{id} was not read." : $"The subnet of {id} was not read.");
        }
        else if (!IsUsable(nat.State))
        {
            StopHere(id, $"{id} is {nat.State}.");
        }
        else if (_to.Address.Family == IpFamily.V6)
        {
            if (PublicSpace.Nat64.Contains(_to.Address)) LoseBeyond(id, $"What {id} makes of the NAT64 address {_to.Address} is not judged.");
            else StopHere(id, $"{id} carries IPv4 only.");
        }
        else if (nat.Addresses.IsEmpty)
        {
            LoseBeyond(id, $"The addresses of {id} were not read.");
        }
        else
        {
            LendAddress(nat, place);
        }
    }

    private void LendAddress(Gateway nat, SubnetPlace place)
    {
        if (nat.Addresses.Length > 1 && _to.IsHeld)
        {
            LoseBeyond(nat.Id, $"{nat.Id} has {nat.Addresses.Length} addresses and may show any of them to {_to}.");
            return;
        }

        Cross(_at, place);
        var before = _leg.Sender.Address;
        _leg.ChangeSender(new Station(nat.Addresses[0], place.Vpc, place, Nic: null, nat));
        _leg.HidesGroups = true;
        _leg.Notes.Add(new PathNote(Layer.Route, nat.Id, $"{nat.Id} shows its own address in place of {before}."));
        _at = place.Alone;
    }

    private void PassPeering(string id)
    {
        if (_map.PeeringOf(id) is not { } peering)
        {
            LoseBeyond(id, $"{id} was not read.");
            return;
        }

        var here = _at[0].Vpc;
        var far = peering.Requester.Vpc == here ? peering.Accepter : peering.Requester;
        if (peering.Status != "active") StopHere(id, $"{id} is {peering.Status}.");
        else if (peering.Requester.Vpc != here && peering.Accepter.Vpc != here) StopHere(id, $"{id} does not lead out of {here}.");
        else if (_to.IsHeld && _to.Vpc == far.Vpc) Arrive(far.Vpc, id);
        else if (_to.IsHeld) StopHere(id, $"{id} carries packets to addresses of {far.Vpc} only.");
        else if (!_map.Estate.Index.Vpcs.TryGetValue(far.Vpc, out var vpc) || vpc.Cidrs.IsEmpty) LoseBeyond(far.Vpc.Value, $"{far.Vpc}, the far side of {id}, was not read.");
        else if (!vpc.Cidrs.Any(c => c.Contains(_to.Address))) StopHere(id, $"{id} carries packets to addresses of {far.Vpc} only.");
        else Arrive(far.Vpc, id);
    }

    private void PassTransit(string id)
    {
        var vpc = _at[0].Vpc;
        if (_map.AttachmentOf(id, vpc) is not { } own)
        {
            LoseBeyond(id, $"The attachment of {vpc} to {id} was not read.");
            return;
        }

        if (!IsUsable(own.State))
        {
            StopHere(own.Id, $"{own.Id} is {own.State}.");
            return;
        }

        var entrances = PlacesOf(own);
        if (_at is [{ Zone: { Length: > 0 } zone }] && !own.Subnets.IsEmpty && entrances.All(p => p.Zone.Length > 0))
        {
            entrances = [.. entrances.Where(p => p.Zone == zone)];
            if (entrances.IsEmpty)
            {
                StopHere(own.Id, $"{own.Id} has no subnet in {zone}, and takes in nothing from there.");
                return;
            }
        }

        if (ChooseAttachment(id, own) is { } far) Enter(entrances, far);
    }

    /// <summary>The attachment a transit gateway sends to; null when the leg ended instead.</summary>
    private TransitGatewayAttachment? ChooseAttachment(string id, TransitGatewayAttachment own)
    {
        if (_map.TransitTableOf(own.Id) is not { } table)
        {
            if (_map.KnowsTablesOf(id, own.Scope)) StopHere(own.Id, $"{own.Id} is associated with no route table of {id}.");
            else LoseBeyond(id, $"Which route table of {id} routes {own.Id} was not read.");
            return null;
        }

        if (_map.TransitRoutesOf(table) is not { IsIncomplete: false } routes)
        {
            LoseBeyond(table, $"The routes of {table} were not read.");
            return null;
        }

        var choice = routes.At(_to.Address);
        if (IsTakenByUnread(routes, choice)) return null;
        if (choice is null) StopHere(table, $"{table} has no route to {_to.Address}.");
        else if (choice.Kind == RouteKind.Blackhole) StopHere(table, $"The route of {table} to {choice.Destination} is a blackhole.");
        else if (_map.AttachmentOf(choice.Target) is not { } far) LoseBeyond(choice.Target, $"The far side of {NameOf(choice.Target)} was not read.");
        else if (!IsUsable(far.State)) StopHere(far.Id, $"{far.Id} is {far.State}.");
        else return far;
        return null;
    }

    /// <summary>Comes out of a transit gateway into a VPC and goes on by the tables of the attachment's subnets.</summary>
    private void Enter(ImmutableArray<SubnetPlace> entrances, TransitGatewayAttachment far)
    {
        var zone = _at.Length == 1 ? _at[0].Zone : string.Empty;
        CrossInto(entrances);
        var exits = PlacesOf(far);
        if (exits.IsEmpty)
        {
            _at = [];
            _leg.Lose(far.Id, $"The subnets of {far.Id} in {far.Vpc} were not read.");
            _isDone = true;
            return;
        }

        // A transit gateway keeps to the zone a packet comes from where it can.
        var near = exits.Where(p => p.Zone == zone && zone.Length > 0).ToImmutableArray();
        _at = near.IsEmpty ? exits : near;
    }

    /// <summary>Subnets of an attachment; when they were not read, every subnet of its VPC may be one.</summary>
    private ImmutableArray<SubnetPlace> PlacesOf(TransitGatewayAttachment attachment) => attachment.Subnets.IsEmpty
        ? [.. _map.PlacesOf(attachment.Vpc)]
        : [.. attachment.Subnets.Select(s => _map.PlaceOf(s)!)];

    private void CrossInto(ImmutableArray<SubnetPlace> entrances)
    {
        if (entrances.IsEmpty) Cross(new AclPass(null, Direction.Ingress, _leg.Sender.Address));
        else AddCrossing([.. _at.SelectMany(a => entrances.Select(b => Between(a, b)))]);
    }
}
