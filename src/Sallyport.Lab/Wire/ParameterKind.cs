namespace Sallyport.Lab.Wire;

/// <summary>What a request parameter holds.</summary>
internal enum ParameterKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A decimal integer within bounds.</summary>
    Integer,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Numbered from 1: <c>GroupId.1</c>.</summary>
    List,

    /// <summary>Dotted members: <c>Filter.1.Name</c>.</summary>
    Structure,
}
