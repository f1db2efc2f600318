namespace Sallyport.Hcl.Syntax;

/// <summary>Operators of HCL.</summary>
internal enum HclOperator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Not,
    Negate,
}
