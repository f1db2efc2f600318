using System.Collections.Immutable;
using System.CommandLine;
using Sallyport.Connections;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Diagnostics;
using Sallyport.Packets;
using Sallyport.Policies;

namespace Sallyport.Cli.Sources;

/// <summary>The options that make a question: <c>--from</c>, <c>--to</c>, <c>--service</c>, <c>--layer</c>, <c>--connections</c>.</summary>
internal sealed class QuestionArguments
{
    private readonly Option<string?> _from = new("--from") { Description = "who opens the connection: a group id or name, eni-…, i-…, an address or block, a name of the connections file, internet, or *", HelpName = "END" };

    private readonly Option<string?> _to = new("--to") { Description = "who is asked; as --from", HelpName = "END" };

    private readonly Option<string[]> _services = new("--service")
    {
        Description = "tcp/443, tcp/8000-8080, udp/53, icmp/8/-1, icmpv6, proto/47 or any; repeatable",
        HelpName = "SERVICE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _layer = new("--layer")
    {
        Description = "sg: security groups alone (default); effective: network ACLs, routes and public addresses too",
        DefaultValueFactory = _ => "sg",
    };

    private readonly Option<string?> _connections = new("--connections") { Description = "connections file whose groups and externals may be named", HelpName = "FILE" };

    public QuestionArguments() => _layer.AcceptOnlyFromAmong("sg", "effective");

    /// <summary>Adds the options; with <paramref name="areRequired"/> both ends and a service must be given.</summary>
    public void AddTo(Command command, bool areRequired = false)
    {
        foreach (var option in new Option[] { _from, _to, _services, _layer, _connections }) command.Options.Add(option);
        foreach (var option in new Option[] { _from, _to, _services }) option.Required = areRequired;
    }

    /// <summary>As written; null when not given.</summary>
    public string? FromOf(ParseResult parsed) => parsed.GetValue(_from);

    /// <summary>As written; null when not given.</summary>
    public string? ToOf(ParseResult parsed) => parsed.GetValue(_to);

    public bool IsEffective(ParseResult parsed) => parsed.GetRequiredValue(_layer) == "effective";

    /// <summary>Names of options that were given and make no sense for a packet file.</summary>
    public IEnumerable<string> EndsAndServices(ParseResult parsed) =>
        new Option[] { _from, _to, _services, _connections }.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name);

    /// <summary>The services asked for; null when none was named. Errors are added to <paramref name="said"/>.</summary>
    public ServiceSet? ServicesOf(ParseResult parsed, ICollection<Diagnostic> said)
    {
        var given = parsed.GetValue(_services) ?? [];
        var services = new List<Service>(given.Length);
        foreach (var text in given)
        {
            if (Service.TryParse(text, out var service, out var problem)) services.Add(service);
            else said.Add(CommandLineDiagnostics.BadService(text, problem!));
        }

        return given.Length == 0 ? null : ServiceSet.Of(services);
    }

    /// <summary>The connections file of <c>--connections</c>; <see cref="ConnectionsFile"/> without names when there is none, null after errors were said.</summary>
    public async Task<ConnectionsFile?> FileOf(IOContext io, ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(_connections) is { } path ? await ConnectionsArgument.ReadAsync(io, path, cancellationToken) : new ConnectionsFile();

    /// <summary>Both ends, each null when it was not asked for; false after errors were said.</summary>
    public async Task<(bool IsOk, EndpointSet? From, EndpointSet? To)> EndsOf(IOContext io, ParseResult parsed, ConnectivityModel model, ConnectionsFile file)
    {
        var resolver = new EndpointResolver(model, DeclaredEnds.Of(file, model));
        var from = FromOf(parsed) is { } a ? resolver.Resolve(a) : (Result<EndpointSet>?)null;
        var to = ToOf(parsed) is { } b ? resolver.Resolve(b) : (Result<EndpointSet>?)null;
        ImmutableArray<Diagnostic> said = [.. from?.Diagnostics ?? [], .. to?.Diagnostics ?? []];
        await io.SayAsync(said.Distinct());
        return (said.All(d => d.Severity != Severity.Error), from?.Value, to?.Value);
    }
}
