using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>Everything of a plan or a state that bears on the network.</summary>
internal sealed class TerraformPlan
{
    /// <summary>True for a state, which has one side only.</summary>
    public bool IsState { get; set; }

    /// <summary>True when making the plan ended with an error.</summary>
    public bool IsErrored { get; set; }

    /// <summary>Instances with a change, be it none, or of the state; those that do not bear on the network have no values.</summary>
    public List<PlanInstance> Instances { get; } = [];

    /// <summary>Instances of the state before the plan; with a change or without.</summary>
    public List<PlanInstance> Prior { get; } = [];

    /// <summary>Addresses of what the plan puts off to a later one, with Terraform's word for the reason.</summary>
    public List<(string Address, string Type, string Reason)> Deferred { get; } = [];

    /// <summary>Values of the root module's variables.</summary>
    public Dictionary<string, HclValue> Variables { get; } = [];

    /// <summary>Account of each provider that states it, by the provider's key.</summary>
    public Dictionary<string, string> Accounts { get; } = [];

    /// <summary>Region of each provider that states it, by the provider's key.</summary>
    public Dictionary<string, PlanExpression> Regions { get; } = [];

    /// <summary>The root module of the configuration; null when the file has none.</summary>
    public PlanModule? Root { get; set; }
}
