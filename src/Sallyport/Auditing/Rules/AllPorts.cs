using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules;

/// <summary>The parts of a service set that are "all ports": runs of TCP or UDP ports of at least <c>allports.min</c>.</summary>
internal static class AllPorts
{
    /// <summary>The runs; everything when the set is everything, so that all protocols count once.</summary>
    public static ServiceSet Of(ServiceSet services, int least)
    {
        if (services.IsAny) return services;
        var runs = new List<Interval>();
        foreach (var protocol in new[] { Protocol.Tcp, Protocol.Udp })
        {
            var block = ServiceSet.Of(Service.Create(protocol, 0, 65_535));
            runs.AddRange(services.Intersect(block).Intervals.Where(i => i.Last - i.First + 1 >= least));
        }

        return ServiceSet.FromIntervals(runs);
    }

    /// <summary>True when one service is all ports by itself.</summary>
    public static bool Is(Service service, int least) =>
        service == Service.Any || (service.Protocol.HasPorts && service.To - service.From + 1 >= least);

    /// <summary>
    /// The offending rules: those that are all ports by themselves when they explain every run, else everything in the runs. A
    /// rule for one port beside an all-ports rule is another finding's business.
    /// </summary>
    public static IReadOnlyList<SecurityGroupRule> Evidence(DirectionFacts facts, ServiceSet runs, int least)
    {
        var all = facts.WorldEvidence(runs);
        var whole = all.Where(r => !Of(ServiceSet.Of(r.Service), least).IsEmpty).ToList();
        var rest = ServiceSet.Of(all.Except(whole).Select(r => r.Service));
        return Of(rest, least).IsEmpty && whole.Count > 0 ? whole : all;
    }

    /// <summary><c>allports.min</c> of the run.</summary>
    public static int Least(AuditContext context) => context.Parameters.Get(AuditParameters.AllPortsMinimum);
}
