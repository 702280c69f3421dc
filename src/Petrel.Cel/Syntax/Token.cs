using Petrel.Cel.Values;

namespace Petrel.Cel.Syntax;

/// <summary>A token with its place and, for a literal, its value.</summary>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, CelValue? Value = null)
{
    public bool Is(string text) => Kind == TokenKind.Operator && Text == text;

    /// <summary>The token as errors show it.</summary>
    public string Shown => Kind == TokenKind.End ? "<EOF>" : Text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
}
