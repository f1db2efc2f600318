using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ports;

/// <summary>One row of the table of service ports.</summary>
/// <param name="Number">Of its code, <c>SP-PRT-nn</c>.</param>
/// <param name="Service">What listens there.</param>
/// <param name="Ports">Services in the contract's syntax, comma-separated.</param>
/// <param name="Severity">When the world may reach one of them.</param>
/// <param name="Why">What that gives away, one sentence.</param>
/// <param name="Setting">The parameter that replaces <paramref name="Ports"/>; null when they are fixed.</param>
internal sealed record RiskyPort(
    int Number, string Service, string Ports, FindingSeverity Severity, string Why, PortsParameter? Setting = null)
{
    /// <summary>The ports as a set; a row that a parameter sets gives the parameter's default.</summary>
    public ServiceSet Services { get; } = ServicesOf(Ports);

    /// <summary><c>SP-PRT-01</c>.</summary>
    public string Code { get; } = $"SP-PRT-{Number:d2}";

    /// <summary><c>FTP from the world</c>.</summary>
    public string Title { get; } = $"{Service} from the world";

    private static ServiceSet ServicesOf(string ports)
    {
        var services = new List<Packets.Service>();
        foreach (var part in ports.Split(", ")) services.Add(Packets.Service.Parse(part));
        return ServiceSet.Of(services);
    }
}
