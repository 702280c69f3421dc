namespace Petrel.Cel.Tests;

public class CompilationTests
{
    [Theory]
    [InlineData("d.", "ERROR: <input>:1:3: Syntax error: no viable alternative at input '.'\n | d.\n | ..^")]
    [InlineData("d.(", "ERROR: <input>:1:3: Syntax error: no viable alternative at input '.('\n | d.(\n | ..^")]
    [InlineData("(", "ERROR: <input>:1:2: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | (\n | .^")]
    [InlineData("1 2", "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>\n | 1 2\n | ..^")]
    [InlineData("(1", "ERROR: <input>:1:3: Syntax error: missing ')' at '<EOF>'\n | (1\n | ..^")]
    [InlineData("s.foo == 1", "ERROR: <input>:1:2: type 'string' does not support field selection\n | s.foo == 1\n | .^")]
    [InlineData("nosuch == 1", "ERROR: <input>:1:1: undeclared reference to 'nosuch' (in container '')\n | nosuch == 1\n | ^")]
    [InlineData("s + 1 == 2", "ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(string, int)'\n | s + 1 == 2\n | ..^")]
    [InlineData("s.size(1)", "ERROR: <input>:1:7: found no matching overload for 'size' applied to 'string.(int)'\n | s.size(1)\n | ......^")]
    [InlineData("semver(s).major() > 0", "ERROR: <input>:1:7: undeclared reference to 'semver' (in container '')\n | semver(s).major() > 0\n | ......^\nERROR: <input>:1:16: undeclared reference to 'major' (in container '')\n | semver(s).major() > 0\n | ...............^")]
    [InlineData("s == 'é' || x", "ERROR: <input>:1:13: undeclared reference to 'x' (in container '')\n | s == 'é' || x\n | ......．.....^")]
    [InlineData("[1, 'a'] == []", "ERROR: <input>:1:5: expected type 'int' but found 'string'\n | [1, 'a'] == []\n | ....^")]
    [InlineData("duration('x') == d", "ERROR: <input>:1:10: invalid duration argument\n | duration('x') == d\n | .........^")]
    [InlineData("s.all(x, true)", "ERROR: <input>:1:1: expression of type 'string' cannot be range of a comprehension (must be list, map, or dynamic)\n | s.all(x, true)\n | ^")]
    [InlineData("l.all(1, true)", "ERROR: <input>:1:7: argument must be a simple name\n | l.all(1, true)\n | ......^")]
    [InlineData("has(s)", "ERROR: <input>:1:5: invalid argument to has() macro\n | has(s)\n | ....^")]
    [InlineData("while", "ERROR: <input>:1:1: reserved identifier: while\n | while\n | ^")]
    [InlineData("1 +\nnope", "ERROR: <input>:2:1: undeclared reference to 'nope' (in container '')\n | nope\n | ^")]
    public void Mistakes_are_told_with_their_place(string expression, string expected) => Assert.Equal(expected, Cel.Environment.Compile(expression).Errors);

    [Theory]
    [InlineData("1", "int")]
    [InlineData("[1]", "list(int)")]
    [InlineData("m", "map(string, int)")]
    [InlineData("d.a", "dyn")]
    [InlineData("null", "null_type")]
    [InlineData("l.map(x, string(x))", "list(string)")]
    [InlineData("m.?a", "optional_type(int)")]
    [InlineData("d.?x.orValue('')", "dyn")]
    [InlineData("true ? 1 : dyn('a')", "dyn")]
    public void Types_of_results(string expression, string expected) => Assert.Equal(expected, Cel.Environment.Compile(expression).Program!.ResultType.ToString());
}
