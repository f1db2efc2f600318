using Sallyport.Diagnostics;

namespace Sallyport.Tests.Diagnostics;

public sealed class DiagnosticTests
{
    [Fact]
    public void Text_is_that_of_a_compiler()
    {
        Assert.Equal("error SPD1004: No.", new Diagnostic("SPD1004", Severity.Error, "No.").ToString());
        Assert.Equal("a.yaml: warning SPD1004: No.", new Diagnostic("SPD1004", Severity.Warning, "No.", new SourceSpan("a.yaml")).ToString());
        Assert.Equal("a.yaml:3: note SPD1004: No.", new Diagnostic("SPD1004", Severity.Note, "No.", new SourceSpan("a.yaml", 3)).ToString());
        Assert.Equal("a.yaml:3:7: error SPD1004: No.", new Diagnostic("SPD1004", Severity.Error, "No.", new SourceSpan("a.yaml", 3, 7)).ToString());
    }

    [Fact]
    public void A_result_is_good_when_nothing_said_was_an_error()
    {
        var note = new Diagnostic("SPD1001", Severity.Note, "Hm.");
        var warning = new Diagnostic("SPD1002", Severity.Warning, "Hm.");
        var error = new Diagnostic("SPD1003", Severity.Error, "No.");
        Assert.True(Result<string>.Ok("value").IsOk);
        Assert.True(new Result<string>("value", [note, warning]).IsOk);
        Assert.False(new Result<string>("value", [note, error]).IsOk);
        Assert.False(Result<string>.Failed(error).IsOk);
        Assert.Null(Result<string>.Failed(error).Value);
    }

    [Fact]
    public void A_result_without_diagnostics_has_an_empty_list() => Assert.Empty(new Result<string>("value", default).Diagnostics);
}
