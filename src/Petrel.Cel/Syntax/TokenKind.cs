namespace Petrel.Cel.Syntax;

/// <summary>What sort of token: an operator or keyword by its text, or one of a class.</summary>
internal enum TokenKind
{
    End,
    Operator,
    Identifier,
    QuotedIdentifier,
    Literal,
}
