using Petrel.Api.Resources;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>Knows what objects of a custom kind look like in another of its versions (conversion strategy Webhook).</summary>
public interface ICustomConversion
{
    /// <param name="values">Objects of any versions but the target's.</param>
    /// <returns>As many objects, in the same order.</returns>
    /// <exception cref="ConversionException">It cannot be done.</exception>
    Task<IReadOnlyList<CustomObject>> ConvertAsync(IReadOnlyList<CustomObject> values, CustomKind target, CancellationToken cancellationToken);
}
