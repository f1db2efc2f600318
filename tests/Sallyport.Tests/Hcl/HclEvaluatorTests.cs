using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Functions;
using Sallyport.Hcl.Parsing;
using Sallyport.Hcl.Values;

namespace Sallyport.Tests.Hcl;

public sealed class HclEvaluatorTests
{
    private static HclValue Evaluate(string text)
    {
        var parsed = HclParser.ParseExpression(text, "test.tf");
        Assert.True(parsed.Value is not null, string.Join('\n', parsed.Diagnostics));
        return new HclEvaluator(new HclBudget()).Evaluate(parsed.Value, new NestedScope(new Nothing(), ("list", HclJson.Read("""[{"a":1,"b":["x"]},{"a":2,"b":["y","z"]}]""")!), ("who", new HclString("you")), ("gone", new HclUnknown("it is gone"))));
    }

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-2 + 10 % 4", "0")]
    [InlineData("1.5e1", "15")]
    [InlineData("!true || 2 >= 2 && 3 != 4", "true")]
    [InlineData("1 == 1 ? \"yes\" : \"no\"", "\"yes\"")]
    [InlineData("true ? false ? 1 : 2 : 3", "2")]
    [InlineData("\"a${1 + 1}b\"", "\"a2b\"")]
    [InlineData("\"${[1, 2]}\"", "[1,2]")]
    [InlineData("\"$${x} %%{y} \\\"q\\\" \\n \\u00e9\"", "\"${x} %{y} \\\"q\\\" \\n é\"")]
    [InlineData("\"%{ if who == \"you\" }hi %{ else }no %{ endif }${who}\"", "\"hi you\"")]
    [InlineData("\"%{ for x in [1, 2] ~} ${x}, %{ endfor }\"", "\"1, 2, \"")]
    [InlineData("\"a ${~ \"b\" ~} c\"", "\"abc\"")]
    [InlineData("<<EOT\nhello ${who}\n  there\nEOT\n", "\"hello you\\n  there\\n\"")]
    [InlineData("<<-EOT\n    a\n      b\n    EOT\n", "\"a\\n  b\\n\"")]
    [InlineData("{ a = 1, \"b\" : 2\n c = [\n 3,\n 4,\n ]\n (who) = 5 }", "{\"a\":1,\"b\":2,\"c\":[3,4],\"you\":5}")]
    [InlineData("list[*].a", "[1,2]")]
    [InlineData("list.*.a", "[1,2]")]
    [InlineData("list[1].b[0]", "\"y\"")]
    [InlineData("list.0.a", "1")]
    [InlineData("[for x in list : x.a if x.a > 1]", "[2]")]
    [InlineData("{for i, x in list : \"k${i}\" => x.a}", "{\"k0\":1,\"k1\":2}")]
    [InlineData("{for x in [\"a\", \"b\", \"a\"] : x => upper(x)...}", "{\"a\":[\"A\",\"A\"],\"b\":[\"B\"]}")]
    [InlineData("flatten([for x in list : [for y in x.b : \"${x.a}${y}\"]])", "[\"1x\",\"2y\",\"2z\"]")]
    [InlineData("concat([1], list[*].a...)", null)]
    [InlineData("max([3, 9, 4]...)", "9")]
    [InlineData("/* c */ 1 # x\n + 2", "3")]
    [InlineData("gone && false", "false")]
    [InlineData("gone || true", "true")]
    [InlineData("gone ? 1 : 1", "1")]
    [InlineData("gone ? 1 : 2", null)]
    [InlineData("nobody", null)]
    [InlineData("1 / 0", null)]
    [InlineData("1e1000000000", null)]
    [InlineData("\"${-1e999}\"", null)]
    [InlineData("1e308 * 10", null)]
    [InlineData("[1e308 + 1e308, 1]", null)]
    [InlineData("sum([1e308, 1e308])", null)]
    [InlineData("jsondecode(\"1e999\")", null)]
    [InlineData("1e308 > 1", "true")]
    [InlineData("\"x\" < 1", null)]
    [InlineData("list[7]", null)]
    [InlineData("null == null", "true")]
    [InlineData("\"1\" == 1", "false")]
    public void Expressions(string text, string? json) => Assert.Equal(json, Evaluate(text) is { IsWhollyKnown: true } value ? HclJson.Write(value) : null);

    [Theory]
    [InlineData("cidrsubnet(\"10.0.0.0/16\", 8, 3)", "\"10.0.3.0/24\"")]
    [InlineData("cidrsubnet(\"fd00::/48\", 16, 162)", "\"fd00:0:0:a2::/64\"")]
    [InlineData("cidrsubnets(\"10.1.0.0/16\", 4, 4, 8, 4)", "[\"10.1.0.0/20\",\"10.1.16.0/20\",\"10.1.32.0/24\",\"10.1.48.0/20\"]")]
    [InlineData("cidrhost(\"10.12.112.0/20\", 268)", "\"10.12.113.12\"")]
    [InlineData("cidrhost(\"10.0.0.0/24\", -1)", "\"10.0.0.255\"")]
    [InlineData("cidrnetmask(\"172.16.0.0/12\")", "\"255.240.0.0\"")]
    [InlineData("cidrsubnet(\"10.0.0.0/16\", 20, 0)", null)]
    [InlineData("format(\"%s-%03d %.1f%% %v %t %q\", \"a\", 7, 1.25, [1], true, \"x\\\"\")", "\"a-007 1.2% [1] true \\\"x\\\\\\\"\\\"\"")]
    [InlineData("format(\"%-4s|%4s|%+d\", \"a\", \"b\", 3)", "\"a   |   b|+3\"")]
    [InlineData("formatlist(\"%s/32\", [\"10.0.0.1\", \"10.0.0.2\"])", "[\"10.0.0.1/32\",\"10.0.0.2/32\"]")]
    [InlineData("join(\",\", [1, \"b\"])", "\"1,b\"")]
    [InlineData("split(\",\", \"a,b,\")", "[\"a\",\"b\",\"\"]")]
    [InlineData("replace(\"hello world\", \"/w.*d/\", \"all\")", "\"hello all\"")]
    [InlineData("regex(\"(\\\\d+)-(\\\\d+)\", \"80-90\")", "[\"80\",\"90\"]")]
    [InlineData("substr(\"hello\", -4, 2)", "\"el\"")]
    [InlineData("merge({a = 1}, {a = 2, b = 3}, null)", "{\"a\":2,\"b\":3}")]
    [InlineData("lookup({a = 1}, \"b\", 9)", "9")]
    [InlineData("try(list[9].a, nobody.x, 4)", "4")]
    [InlineData("can(list[0].a)", "true")]
    [InlineData("toset([\"b\", \"a\", \"b\"])", "[\"a\",\"b\"]")]
    [InlineData("setproduct([1, 2], [\"a\", \"b\"])", "[[1,\"a\"],[1,\"b\"],[2,\"a\"],[2,\"b\"]]")]
    [InlineData("zipmap([\"a\", \"b\"], [1, 2])", "{\"a\":1,\"b\":2}")]
    [InlineData("element([\"a\", \"b\"], 3)", "\"b\"")]
    [InlineData("coalesce(null, \"\", \"x\")", "\"x\"")]
    [InlineData("distinct([1, 2, 1])", "[1,2]")]
    [InlineData("range(3)", "[0,1,2]")]
    [InlineData("jsonencode({a = [1, true, null]})", "\"{\\\"a\\\":[1,true,null]}\"")]
    [InlineData("jsondecode(\"[1]\")", "[1]")]
    [InlineData("uuid()", null)]
    [InlineData("length(gone)", null)]
    [InlineData("length([gone, gone])", "2")]
    public void Functions(string text, string? json) => Assert.Equal(json, Evaluate(text) is { IsWhollyKnown: true } value ? HclJson.Write(value) : null);

    [Fact]
    public void What_multiplies_without_end_is_unknown_and_ends()
    {
        var value = Evaluate("[for a in range(9000) : [for b in range(9000) : a]]");
        Assert.False(value.IsWhollyKnown);
    }

    private sealed class Nothing : IHclScope
    {
        public HclValue? Find(string root, string name) => null;

        public HclValue? Find(string root) => null;
    }
}
