using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Networks;

/// <summary>Borders of subnets: inside one subnet no ACL stands.</summary>
internal sealed partial class LegWalker
{
    private void Finish(LegEnd end)
    {
        _leg.End = end;
        _isDone = true;
    }

    private void StopHere(string resource, string text)
    {
        CrossTowardsTarget();
        _leg.Stop(resource, text);
        _isDone = true;
    }

    private void LoseBeyond(string resource, string text)
    {
        CrossOut();
        _leg.Lose(resource, text);
        _isDone = true;
    }

    /// <summary>The borders that stand between the two whatever leads from one to the other, so that all that blocks is told.</summary>
    private void CrossTowardsTarget()
    {
        if (_to.IsHeld && _to.Place is not null) Cross(_at, _to.Place);
        else CrossOut();
    }

    // To reach the service it crosses no border but this one; when the known way crosses it too, it is crossed for certain.
    private void CrossToService()
    {
        var passes = _contestedAt.Select(a => new AclPass(a, Direction.Egress, _to.Address)).ToList();
        _leg.IsServiceBorderShared = passes is [var pass] && _leg.Crossings.Exists(c => c.Ways is [var only] && only.Contains(pass));
        _leg.Crossings.Add(new Crossing([.. passes.Select(p => ImmutableArray.Create(p))], IsContested: !_leg.IsServiceBorderShared));
    }

    private void CrossOut() => AddCrossing([.. _at.Select(a => ImmutableArray.Create(new AclPass(a, Direction.Egress, _to.Address)))]);

    private void Cross(ImmutableArray<SubnetPlace> at, SubnetPlace? to) => AddCrossing([.. at.Select(a => Between(a, to))]);

    private void Cross(AclPass pass) => AddCrossing([[pass]]);

    private void AddCrossing(ImmutableArray<ImmutableArray<AclPass>> ways) => _leg.Crossings.Add(new Crossing(ways, _leg.IsContested));

    private ImmutableArray<AclPass> Between(SubnetPlace from, SubnetPlace? to)
    {
        if (ReferenceEquals(from, to)) return [];
        var into = new AclPass(to, Direction.Ingress, _leg.Sender.Address);
        return to is null && from.Vpc == _to.Vpc ? [into] : [new AclPass(from, Direction.Egress, _to.Address), into];
    }
}
