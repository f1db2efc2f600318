using System.Collections.Immutable;
using Sallyport.Yaml;

namespace Sallyport.Connections.Reading;

/// <summary>Every key of a connections file, version 1: the one place that says what the reader knows.</summary>
internal static class ConnectionsKeys
{
    public static KeyTable File { get; } = new("the file", "", ["version", "scope", "groups", "externals", "services", "connections", "residual", "tests", "exceptions", "settings"]);

    public static KeyTable Scope { get; } = new("scope", "/$defs/scope", ["accounts", "regions", "vpcs"]);

    public static KeyTable Group { get; } = new("a group", "/$defs/group", ["sg", "select", "owner", "readOnly"]);

    public static KeyTable Select { get; } = new("select", "/$defs/select", ["name", "account", "region", "vpc", "tags"]);

    public static KeyTable External { get; } = new("an external", "/$defs/external", ["cidrs", "prefixList", "public", "owner"]);

    public static KeyTable Connection { get; } = new("a connection", "/$defs/connection", ["from", "to", "services", "reason", "owner", "sides", "peerAs", "coveredBy"]);

    public static KeyTable Residual { get; } = new("a residual", "/$defs/residual", ["group", "direction", "peer", "services", "import", "review", "reason"]);

    public static KeyTable Test { get; } = new("a test", "/$defs/test", ["id", "must", "never", "only", "layer", "allowEmpty"]);

    public static KeyTable Assertion { get; } = new("an assertion", "/$defs/assertion", ["from", "to", "services"]);

    public static KeyTable Exception { get; } = new("an exception", "/$defs/exception", ["id", "test", "allow", "reason", "approvedBy", "expires"]);

    public static KeyTable Settings { get; } = new("settings", "/$defs/settings", ["unmanagedRules", "maxWiden", "quotas"]);

    public static KeyTable Quotas { get; } = new("quotas", "/$defs/quotas", ["rulesPerSg"]);

    public static ImmutableArray<KeyTable> All { get; } =
        [File, Scope, Group, Select, External, Connection, Residual, Test, Assertion, Exception, Settings, Quotas];
}
