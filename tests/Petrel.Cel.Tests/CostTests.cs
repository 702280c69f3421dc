using Petrel.Cel.Costs;
using Petrel.Cel.Types;

namespace Petrel.Cel.Tests;

public class CostTests
{
    [Theory]
    [InlineData("1 == 1", 1)]
    [InlineData("d.a == 1", 3)]
    [InlineData("l.all(x, x > 0)", 17)]
    [InlineData("l.map(x, x)", 41)]
    [InlineData("has(d.a)", 1)]
    [InlineData("s + s", 3)]
    [InlineData("true || d.a == 1", 0)]
    public void Of_an_evaluation(string expression, long expected) => Assert.Equal(expected, Cel.Evaluate(expression).Cost);

    [Theory]
    [InlineData("l.all(x, x > 0)", 2, 502)]
    [InlineData("s.startsWith('a')", 1, 2)]
    [InlineData("s.matches('a+')", 2, 3)]
    [InlineData("s.contains('b')", 1, 2)]
    [InlineData("s == s", 3, 3)]
    [InlineData("d.a == 1 || s == 'x'", 2, 4)]
    [InlineData("[1, 2].map(x, x)", 47, 47)]
    public void Is_estimated_from_sizes(string expression, ulong min, ulong max) =>
        Assert.Equal(new Bounds(min, max), Cel.Environment.Compile(expression).Program!.EstimateCost(new Hints()));

    [Fact]
    public void Without_sizes_there_is_no_upper_bound() =>
        Assert.Equal(ulong.MaxValue, Cel.Environment.Compile("l.all(x, x > 0)").Program!.EstimateCost(null).Max);

    private sealed class Hints : ISizeHints
    {
        public Bounds? Find(IReadOnlyList<string> path, CelType type) => path switch
        {
            ["l"] => new Bounds(0, 100),
            ["s"] => new Bounds(0, 10),
            _ => null,
        };
    }
}
