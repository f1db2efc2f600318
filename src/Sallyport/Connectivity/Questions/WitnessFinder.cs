using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>Finds one packet that gets through, or one that does not. Deterministic.</summary>
public sealed class WitnessFinder
{
    private readonly ConnectivityModel _model;
    private readonly Reacher _reacher;
    private readonly SideReader _sides;

    /// <summary>Looks in this model.</summary>
    public WitnessFinder(ConnectivityModel model)
    {
        _model = model;
        _reacher = new Reacher(model);
        _sides = new SideReader(model);
    }

    /// <summary>A packet of the services that certainly gets through; null when there is none, or only groups without members are meant.</summary>
    public Witness? FindAllowed(ReachQuestion question, ServiceSet services) =>
        services.IsEmpty ? null : Find(question, Witness.TellingPoint(services), wantsAllowed: true);

    /// <summary>A packet of the services that certainly does not get through; null when there is none, or only groups without members are meant.</summary>
    public Witness? FindDenied(ReachQuestion question, ServiceSet services) =>
        services.IsEmpty ? null : Find(question, Witness.TellingPoint(services), wantsAllowed: false);

    private Witness? Find(ReachQuestion question, int point, bool wantsAllowed)
    {
        foreach (var (from, to) in _reacher.PairsOf(question))
        {
            if (from.IsSymbolic || to.IsSymbolic) continue;
            var found = question.IsEffective ? AmongPairs(from, to, point, wantsAllowed, question.To.IsPrivateAddress)
                : _reacher.UnfilteredFor(question, from, to).Contains(point) ? (wantsAllowed ? Unfiltered(from, to, point) : null)
                : wantsAllowed ? Through(from, to, point) : Stopped(from, to, point);
            if (found is not null) return found;
        }

        return null;
    }

    private Witness? AmongPairs(Party from, Party to, int point, bool wantsAllowed, bool isToPrivateAddress)
    {
        var targets = _reacher.Starts(to, from).ToList();
        foreach (var source in _reacher.Starts(from, to))
        {
            foreach (var target in targets)
            {
                if (source.Interface is { } a && target.Interface is { } b && a.Id == b.Id) continue;
                var verdict = _reacher.Judge(source, target, point, isToPrivateAddress);
                if (wantsAllowed ? verdict is Verdict.Allowed or Verdict.Partly : verdict is not (Verdict.Allowed or Verdict.Partly or Verdict.Unknown)) return new Witness(source, target, point);
            }
        }

        return null;
    }

    private Witness? Through(Party from, Party to, int point)
    {
        var sources = Elements(Direction.Ingress, to, from).Where(e => Has(e.Allowed, point)).ToList();
        if (sources.Count == 0) return null;
        foreach (var target in Elements(Direction.Egress, from, to))
        {
            if (!Has(target.Allowed, point)) continue;
            var index = sources.FindIndex(s => s.Nic < 0 || s.Nic != target.Nic);
            if (index >= 0) return Make(from, sources[index], to, target, point);
        }

        return null;
    }

    private Witness? Unfiltered(Party from, Party to, int point)
    {
        var target = new Address(to.Family, to.Ranges[0].First);
        foreach (var source in _reacher.Starts(from, to)) return new Witness(source, Endpoint.Outside(target), point);
        return null;
    }

    private Witness? Stopped(Party from, Party to, int point)
    {
        var targets = Elements(Direction.Egress, from, to).ToList();
        foreach (var source in Elements(Direction.Ingress, to, from))
        {
            var isStopped = !Has(source.Possible, point);
            var index = targets.FindIndex(t => (isStopped || !Has(t.Possible, point)) && (t.Nic < 0 || t.Nic != source.Nic));
            if (index >= 0) return Make(from, source, to, targets[index], point);
        }

        return null;
    }

    private IEnumerable<(int Nic, AddressRange Range, int Allowed, int Possible)> Elements(Direction direction, Party near, Party far) =>
        _sides.Elements(direction, near, far);

    private Witness Make(Party from, (int Nic, AddressRange Range, int, int) source, Party to, (int Nic, AddressRange Range, int, int) target, int point) =>
        new(EndOf(from, source.Nic, source.Range), EndOf(to, target.Nic, target.Range), point);

    private Endpoint EndOf(Party party, int nic, AddressRange range) => nic < 0
        ? Endpoint.Outside(Witness.TellingAddress(party.Family, range))
        : Endpoint.Of(_model.Estate.NetworkInterfaces[nic], new Address(party.Family, range.First));

    private bool Has(int services, int point) => services == ServicePool.Any || _model.Pool[services].Contains(point);
}
