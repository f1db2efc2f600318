using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>One instance of a resource as a plan or a state tells of it.</summary>
/// <param name="Address">Whole address with module path and instance key.</param>
/// <param name="Module">Path of its module instance; empty for the root.</param>
/// <param name="Type">Such as <c>aws_security_group</c>.</param>
/// <param name="Name">Its local name.</param>
internal sealed record PlanInstance(string Address, string Module, string Type, string Name)
{
    /// <summary>True for a data source.</summary>
    public bool IsData { get; init; }

    /// <summary>What the plan does with it; empty for what only a state tells of.</summary>
    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>Set when it is an object that a replacement left behind.</summary>
    public bool IsDeposed { get; init; }

    /// <summary>As it is now; null when it does not exist, or when this side was not read.</summary>
    public HclMap? Before { get; init; }

    /// <summary>As it will be, with <see cref="PlanValueReader.Unsettled"/> for what the plan leaves open; null when it will not exist, or was not read.</summary>
    public HclMap? After { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public SourceSpan? At { get; init; }

    /// <summary>Its address within its module, without an instance key.</summary>
    public string Declared => IsData ? $"data.{Type}.{Name}" : $"{Type}.{Name}";

    /// <summary>Its instance key as written in addresses: <c>[0]</c>, <c>["a"]</c>, or empty.</summary>
    public string Key
    {
        get
        {
            var start = (Module.Length == 0 ? 0 : Module.Length + 1) + Declared.Length;
            return start < Address.Length ? Address[start..] : string.Empty;
        }
    }

    /// <summary>True when the plan changes nothing of it.</summary>
    public bool IsUnchanged => Actions.IsEmpty || Actions is ["no-op"];

    /// <summary>The first action that no Terraform known to us writes; <c>none</c> for a change that names no action; null when all are known.</summary>
    public string? UnknownAction { get; init; }

    /// <summary>True when the plan deletes it and makes it anew.</summary>
    public bool IsReplaced => Replaces(Actions);

    /// <summary>True for actions that delete something and make it anew.</summary>
    public static bool Replaces(ImmutableArray<string> actions) => actions.Length > 1 && actions.Contains("create");
}
