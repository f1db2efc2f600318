using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.PrefixLists;

/// <summary>Who names a prefix list.</summary>
/// <param name="Scope">Where the first of them is.</param>
/// <param name="Groups">Groups with a rule that does.</param>
/// <param name="IsIngress">An ingress rule does.</param>
/// <param name="IsAllPorts">An ingress rule for all ports does.</param>
/// <param name="IsRoute">A route does.</param>
internal sealed record ListUse(Scope Scope, int Groups, bool IsIngress, bool IsAllPorts, bool IsRoute);
