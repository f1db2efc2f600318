namespace Sallyport.Planning;

/// <summary>What a step does. The contract's further words (create-group, attach …) are reserved for later.</summary>
public enum PlanAction
{
    /// <summary>Adds rules.</summary>
    Authorize,

    /// <summary>Replaces rules in place, keeping id and tags: only where adding first finds no room.</summary>
    Modify,

    /// <summary>Changes descriptions only.</summary>
    Describe,

    /// <summary>Sets or removes tags of rules only.</summary>
    Tag,

    /// <summary>Removes rules.</summary>
    Revoke,
}
