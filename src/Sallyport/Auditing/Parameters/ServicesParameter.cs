using Sallyport.Packets;

namespace Sallyport.Auditing.Parameters;

/// <summary>Services of any protocol: <c>tcp/8443, udp/5000-5010, proto/47</c>. A bare port or range is TCP; empty text is no service.</summary>
public sealed class ServicesParameter : AuditParameterOf<ServiceSet>
{
    internal ServicesParameter(string name, string @default, string summary)
        : base(name, "services", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Parse(text, out problem);

    private static ServiceSet? Parse(string text, out string? problem)
    {
        problem = null;
        var services = new List<Service>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Service.TryParse(char.IsAsciiDigit(part[0]) ? $"tcp/{part}" : part, out var service, out problem)) return null;
            services.Add(service);
        }

        return ServiceSet.Of(services);
    }
}
