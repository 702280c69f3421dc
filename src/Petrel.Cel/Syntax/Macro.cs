namespace Petrel.Cel.Syntax;

/// <summary>A call that is replaced by another expression when it is read.</summary>
/// <param name="Name">Name of the function or method.</param>
/// <param name="IsMethod">It is called on a target.</param>
/// <param name="ArgumentCount">Arguments it takes.</param>
/// <param name="Expand">The replacement of a call at a position; null leaves the call as it is.</param>
internal sealed record Macro(string Name, bool IsMethod, int ArgumentCount, Func<int, Expression?, IReadOnlyList<Expression>, Expression?> Expand);

/// <summary>The arguments of a macro are not what it takes.</summary>
internal sealed class MacroException(int position, string message) : Exception(message)
{
    public int Position { get; } = position;
}
