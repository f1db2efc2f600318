using Sallyport.Anomalies.Peers;
using Sallyport.Auditing.Rules.NetworkAcls;
using Sallyport.Auditing.Rules.PrefixLists;
using Sallyport.Auditing.Rules.References;
using Sallyport.Estates;

namespace Sallyport.Auditing;

internal sealed partial class AuditContext
{
    private KnownAccounts? _accounts;
    private ReferenceStates? _references;
    private AclBook? _acls;
    private ListUses? _listUses;

    /// <summary>Whose an account is.</summary>
    public KnownAccounts Accounts => LazyInitializer.EnsureInitialized(ref _accounts, () => new KnownAccounts(this));

    /// <summary>Which references can still match.</summary>
    public ReferenceStates References => LazyInitializer.EnsureInitialized(ref _references, () => new ReferenceStates(Facts));

    /// <summary>What the network ACLs let the world do.</summary>
    public AclBook Acls => LazyInitializer.EnsureInitialized(ref _acls, () => new AclBook(Estate, Parameters));

    /// <summary>Who names which prefix list.</summary>
    public ListUses ListUses => LazyInitializer.EnsureInitialized(ref _listUses, () => new ListUses(this));

    /// <summary>Accounts and Regions to answer for: never none, so that nothing read is not nothing wrong.</summary>
    public IEnumerable<Scope> AnsweredScopes => Estate.Scopes.IsEmpty ? [new Scope(string.Empty, string.Empty)] : Estate.Scopes;

    /// <summary>Says once for each account and Region where a kind of thing was not read that a rule cannot be judged there.</summary>
    /// <param name="rule">Which rule.</param>
    /// <param name="kind">What is missing.</param>
    /// <param name="words">The kind in words: <c>network ACLs</c>.</param>
    /// <param name="sink">Where to say it.</param>
    /// <param name="matters">Null for every scope.</param>
    public void DoubtMissing(AuditRule rule, GapKind kind, string words, AuditSink sink, Func<Scope, bool>? matters = null)
    {
        foreach (var scope in AnsweredScopes)
        {
            if (Facts.IsMissing(kind, scope) && matters?.Invoke(scope) != false) sink.Doubt(rule, FindingResource.Of(scope), [$"{scope.Describe(words)} were not read"]);
        }
    }
}
