using Petrel.Cel.Types;

namespace Petrel.Cel.Costs;

/// <summary>An argument of a call as the estimate of its cost sees it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Size">Characters, bytes or elements that it may have; 1 for single values.</param>
/// <param name="ElementSize">The same of the elements of a list, where known.</param>
public readonly record struct SizedOperand(CelType Type, Bounds Size, Bounds ElementSize);
