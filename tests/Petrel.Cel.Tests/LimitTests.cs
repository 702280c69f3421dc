using System.Text;

namespace Petrel.Cel.Tests;

/// <summary>Expressions that try to take more than their share.</summary>
public class LimitTests
{
    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("-", "")]
    [InlineData("!(", ")")]
    [InlineData("{1:", "}")]
    [InlineData("size([", "])")]
    public void Deep_nesting_is_refused(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));
        var compilation = Cel.Environment.Compile(text);
        Assert.True(compilation.Program is null || open == "-");
        Assert.True(open == "-" || compilation.Errors.Contains("expression recursion limit exceeded: 250", StringComparison.Ordinal), compilation.Errors[..Math.Min(200, compilation.Errors.Length)]);
    }

    [Theory]
    [InlineData("1", "+1")]
    [InlineData("d", ".a")]
    [InlineData("d", "[0]")]
    [InlineData("1", " == 1")]
    public void Long_chains_are_refused(string start, string link)
    {
        var compilation = Cel.Environment.Compile(start + string.Concat(Enumerable.Repeat(link, 10_000)));
        Assert.Null(compilation.Program);
        Assert.Contains("expression recursion limit exceeded: 250", compilation.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_of_and_are_not_deep() => Assert.Equal("true", Cel.Show("true" + string.Concat(Enumerable.Repeat(" && true", 5_000))));

    [Fact]
    public void An_expression_has_at_most_a_hundred_thousand_characters() =>
        Assert.Contains("expression code point size exceeds limit: size: 100003, limit 100000", Cel.Environment.Compile("'" + new string('a', 100_001) + "'").Errors, StringComparison.Ordinal);

    [Theory]
    [InlineData("l.map(a, l.map(b, l.map(c, l.map(e, l.map(f, l.map(g, l.map(h, l.map(i, l.map(j, l.map(k, l.map(n, 1)))))))))))")]
    [InlineData("[l, l, l].all(a, l.map(b, l.map(c, l.map(e, l.map(f, l.map(g, l.map(h, l.map(i, l.map(j, l.map(k, l.map(n, 1)))))))))).size() > 0)")]
    public void Loops_in_loops_end_at_the_limit(string expression)
    {
        var result = Cel.Evaluate(expression);
        Assert.Equal(CelEnding.OverLimit, result.Ending);
        Assert.Equal("operation cancelled: actual cost limit exceeded", result.Error);
    }

    [Fact]
    public void Values_that_double_end_with_an_error()
    {
        foreach (var (start, link) in new[] { ("[1]", ".map(x, [x, x])"), ("['a']", ".map(x, x + x)"), ("['aa']", ".map(x, x.replace('', x))"), ("[l]", ".map(x, x + x)") })
        {
            var text = new StringBuilder(start);
            for (var i = 0; i < 100; i++)
            {
                text.Append(link);
            }

            var result = Cel.Evaluate($"({text}) == ({text})");
            Assert.NotNull(result.Error);
        }
    }

    [Fact]
    public void Chains_of_optional_macros_end_at_the_limit()
    {
        var result = Cel.Evaluate("optional.of(1)" + string.Concat(Enumerable.Repeat(".optMap(x, x)", 40)));
        Assert.Equal(CelEnding.OverLimit, result.Ending);
    }

    [Fact]
    public void Cancellation_ends_the_evaluation()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var result = Cel.Environment.Compile("l.all(x, x > 0)").Program!.Evaluate(CelBindings.Empty, 1000, source.Token);
        Assert.Equal((CelEnding.Cancelled, "operation interrupted"), (result.Ending, result.Error));
    }

    [Theory]
    [InlineData("'a'.matches('(?=a)')")]
    [InlineData(@"'a'.matches('(a)\\1')")]
    [InlineData("'a'.matches('a{2000}')")]
    [InlineData("'a'.matches('a**')")]
    [InlineData("'a'.matches('(')")]
    [InlineData("'a'.matches('[a')")]
    public void Patterns_that_RE2_refuses_are_refused(string expression) =>
        Assert.Contains("invalid matches argument", Cel.Environment.Compile(expression).Errors, StringComparison.Ordinal);

    [Theory]
    [InlineData("'a\\n'.matches('a$')", "false")]
    [InlineData("'x é'.matches('^\\\\w \\\\W$')", "true")]
    [InlineData("'aXb'.matches('(?i)axB')", "true")]
    [InlineData("'a1'.matches('^[[:alpha:]][[:digit:]]$')", "true")]
    [InlineData("'a.b'.matches('^\\\\Qa.b\\\\E$')", "true")]
    [InlineData("'a\\nb'.matches('(?m)^b$')", "true")]
    [InlineData("'ab'.matches('(?P<x>a)b')", "true")]
    [InlineData("'{'.matches('{')", "true")]
    public void Patterns_mean_what_RE2_means(string expression, string expected) => Assert.Equal(expected, Cel.Show(expression));

    [Fact]
    public void Random_text_is_told_wrong_and_nothing_else_happens()
    {
        const string Characters = "ab1.,()[]{}?:&|!=<>+-*/%'\"\\ \n日😀u`";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 30); length > 0; length--)
            {
                text.Append(Characters[random.Next(Characters.Length)]);
            }

            var compilation = Cel.Environment.Compile(text.ToString());
            Assert.Equal(compilation.Program is null, compilation.Errors.Length > 0);
            compilation.Program?.Evaluate(CelBindings.Empty, 1000);
        }
    }
}
