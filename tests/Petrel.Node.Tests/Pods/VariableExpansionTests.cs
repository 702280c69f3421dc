using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class VariableExpansionTests
{
    private static readonly Dictionary<string, string> Values = new() { ["A"] = "1", ["B"] = "$(A)", ["EMPTY"] = "" };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(A)", "x1y1")]
    [InlineData("$(EMPTY)|", "|")]
    [InlineData("$(B)", "$(A)")]
    [InlineData("$(NONE)", "$(NONE)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$(A", "$(A")]
    [InlineData("$A $", "$A $")]
    public void References_are_replaced_once(string text, string expected) => Assert.Equal(expected, VariableExpansion.Expand(text, Values));
}
