using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Connections.Binding;

/// <summary>Syntax to the bound model. Names are collected first, so that order in the file does not matter.</summary>
internal sealed class Binder(string fileName, ImmutableArray<Diagnostic> said)
{
    private readonly BindingContext _context = new(fileName, said);

    /// <summary>Everything said while reading and binding, in file order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _context.Diagnostics;

    /// <summary>Binds what can be bound; the result counts only when no error was said.</summary>
    public ConnectionsFile Bind(SyntaxNode root)
    {
        if (root.IsNull)
        {
            _context.Report(ConnectionsDiagnostics.EmptyFile(_context.File));
            return new ConnectionsFile();
        }

        if (Section.Open(root, ConnectionsKeys.File, _context) is not { } file) return new ConnectionsFile();
        CheckVersion(file);
        CollectNames(file);
        var services = BindServices(file);
        var groups = new GroupBinder(_context).Bind(file);
        var externals = new ExternalBinder(_context).Bind(file);
        var connections = new ConnectionBinder(_context);
        var tests = new TestBinder(_context);
        return new ConnectionsFile
        {
            Scope = BindScope(file),
            Groups = groups,
            Externals = externals,
            Services = services,
            Connections = connections.Bind(file),
            Residuals = connections.BindResiduals(file),
            Tests = tests.Bind(file),
            Exceptions = tests.BindExceptions(file),
            Settings = BindSettings(file),
        };
    }

    private void CheckVersion(Section file)
    {
        if (file["version"] is not { } node) _context.Report(ConnectionsDiagnostics.VersionMissing(_context.File));
        else if (_context.Text(node, "version") is { } version && version != "1") _context.Report(ConnectionsDiagnostics.VersionUnsupported(version, node.At));
    }

    private void CollectNames(Section file)
    {
        foreach (var name in Keys(file["groups"])) _context.Groups.TryAdd(name.Text, name.At);
        foreach (var name in Keys(file["externals"]))
        {
            _context.Externals.TryAdd(name.Text, name.At);
            if (_context.Groups.ContainsKey(name.Text)) _context.Report(ConnectionsDiagnostics.GroupAndExternal(name.Text, name.At));
        }

        static IEnumerable<ScalarNode> Keys(SyntaxNode? node) => node is MapNode map ? map.Entries.Select(e => e.Key) : [];
    }

    private ImmutableArray<ServiceDeclaration> BindServices(Section file)
    {
        var result = ImmutableArray.CreateBuilder<ServiceDeclaration>();
        foreach (var (name, value) in file.Named("services"))
        {
            if (name.Text.ToLowerInvariant() is "any" or "tcp" or "udp" or "icmp" or "icmpv6" or "proto")
            {
                _context.Report(ConnectionsDiagnostics.ReservedName(name.Text, "it is a protocol of the service syntax", name.At));
                continue;
            }

            var texts = _context.Texts(value, "services");
            if (texts.IsEmpty) _context.Report(ConnectionsDiagnostics.NoServices($"The service \"{name.Text}\"", value.At));
            ImmutableArray<Service> services = [.. texts.Select(_context.OneService).OfType<Service>().Distinct()];
            result.Add(new ServiceDeclaration(name.Text, services, name.At));
        }

        // Only now: a declared service lists what EC2 knows, not other declared services.
        foreach (var service in result) _context.Services[service.Name] = service.Services;
        return result.DrainToImmutable();
    }

    private ConnectionsScope BindScope(Section file)
    {
        if (file["scope"] is not { } node || Section.Open(node, ConnectionsKeys.Scope, _context) is not { } scope) return new ConnectionsScope();
        var accounts = _context.Texts(scope["accounts"], "accounts");
        foreach (var account in accounts) GroupBinder.CheckAccount(account.Text, "accounts", account.At, _context);
        return new ConnectionsScope
        {
            Accounts = Each(accounts),
            Regions = Each(_context.Texts(scope["regions"], "regions")),
            Vpcs = Each(_context.Texts(scope["vpcs"], "vpcs")),
        };

        static ImmutableArray<string> Each(ImmutableArray<ScalarNode> nodes) => [.. nodes.Select(n => n.Text).Distinct()];
    }

    private ConnectionsSettings BindSettings(Section file)
    {
        if (file["settings"] is not { } node || Section.Open(node, ConnectionsKeys.Settings, _context) is not { } settings) return new ConnectionsSettings();
        var quotas = settings["quotas"] is { } quotaNode ? Section.Open(quotaNode, ConnectionsKeys.Quotas, _context) : null;
        return new ConnectionsSettings
        {
            UnmanagedRules = _context.Choice(settings["unmanagedRules"], "unmanagedRules", ("revoke", UnmanagedRules.Revoke), ("report", UnmanagedRules.Report)),
            MaxWiden = _context.Choice(settings["maxWiden"], "maxWiden", ("none", "none")),
            RulesPerGroup = _context.Number(quotas?["rulesPerSg"], "rulesPerSg", 1, 100_000, 60),
        };
    }
}
