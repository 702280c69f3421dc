using System.Diagnostics.CodeAnalysis;
using Petrel.Cel.Values;

namespace Petrel.Cel;

/// <summary>The values of an expression's variables, asked for when they are needed.</summary>
public interface ICelBindings
{
    /// <summary>The value of a variable. False when there is none of that name.</summary>
    bool TryFind(string name, [MaybeNullWhen(false)] out CelValue value);
}
