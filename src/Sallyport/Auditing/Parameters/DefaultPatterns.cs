using System.Text.RegularExpressions;

namespace Sallyport.Auditing.Parameters;

/// <summary>The default patterns as code. They have nothing to go back over, so no name can stall them.</summary>
internal static partial class DefaultPatterns
{
    // "(?!)" needs look-around, which a pattern of the settings may not use; an impossible class of characters does without.
    [GeneratedRegex("[^\\s\\S]", RegexOptions.CultureInvariant)]
    public static partial Regex Nothing();

    [GeneratedRegex("^launch-wizard|^rds-launch-wizard|^AutoScaling-Security-Group-|-AutogenByAWSMP-", RegexOptions.CultureInvariant)]
    public static partial Regex Wizard();

    [GeneratedRegex("^eks-remoteAccess-", RegexOptions.CultureInvariant)]
    public static partial Regex EksRemote();

    [GeneratedRegex("^ElasticMapReduce-", RegexOptions.CultureInvariant)]
    public static partial Regex Emr();

    [GeneratedRegex("(?i)(^|[^a-z])(temp|temporary|test|tests|testing|todo|debug|debugging)([^a-z]|$)", RegexOptions.CultureInvariant)]
    public static partial Regex Temporary();

    [GeneratedRegex("(?i)(^|[^a-z])(private|internal|db|database)([^a-z]|$)", RegexOptions.CultureInvariant)]
    public static partial Regex Private();

    [GeneratedRegex("(?i)(^|[^a-z])(alb|public)([^a-z]|$)", RegexOptions.CultureInvariant)]
    public static partial Regex Public();
}
