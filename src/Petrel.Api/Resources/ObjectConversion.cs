namespace Petrel.Api.Resources;

/// <summary>Brings objects into one version of their kind by asking somebody, which takes time. Those in that version stay as they are.</summary>
/// <returns>As many objects, in the same order.</returns>
/// <exception cref="ConversionException">It cannot be done.</exception>
public delegate Task<IReadOnlyList<ApiObject>> ObjectConversion(IReadOnlyList<ApiObject> values, CancellationToken cancellationToken);
