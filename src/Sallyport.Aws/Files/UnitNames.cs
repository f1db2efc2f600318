namespace Sallyport.Aws.Files;

/// <summary>What the ids that code makes up begin with.</summary>
internal enum UnitNames
{
    /// <summary>Nothing: the command reads one unit of code.</summary>
    None,

    /// <summary>The unit's path within its source.</summary>
    WithinSource,

    /// <summary>The unit's path as the command line leads to it.</summary>
    WithSource,
}
