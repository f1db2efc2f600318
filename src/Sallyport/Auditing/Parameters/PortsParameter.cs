using Sallyport.Packets;

namespace Sallyport.Auditing.Parameters;

/// <summary>Ports of one protocol: <c>80, 443, 8000-8080</c>. The value is a set of services; empty text is no port.</summary>
public sealed class PortsParameter : AuditParameterOf<ServiceSet>
{
    private readonly Protocol _protocol;

    internal PortsParameter(string name, Protocol protocol, string @default, string summary)
        : base(name, "ports", summary)
    {
        _protocol = protocol;
        DefaultText = @default;
    }

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Parse(_protocol, text, out problem);

    private static ServiceSet? Parse(Protocol protocol, string text, out string? problem)
    {
        problem = null;
        var services = new List<Service>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Service.TryParse($"{protocol}/{part}", out var service, out problem)) return null;
            services.Add(service);
        }

        return ServiceSet.Of(services);
    }
}
