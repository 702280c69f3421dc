using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>
/// A value and the one that it replaces, found by the same path: errors about what did not change are forgiven in an update
/// (ratcheting). Where items cannot be told apart, the nearest value around them that can decides.
/// </summary>
internal sealed class Correlation
{
    private readonly JsonTree? _value;
    private readonly JsonTree? _old;
    private readonly Correlation? _parent;
    private readonly bool _isKnown;
    private bool? _isUnchanged;

    private Correlation(JsonTree? value, JsonTree? old, Correlation? parent, bool isKnown) => (_value, _old, _parent, _isKnown) = (value, old, parent, isKnown);

    /// <summary>Nothing is replaced.</summary>
    public static Correlation None { get; } = new(null, null, null, isKnown: false);

    /// <summary>A whole object.</summary>
    public static Correlation Of(JsonTree value, JsonTree? old) => old is null ? None : new(value, old, null, isKnown: true);

    /// <summary>Errors about the value are none of this update's.</summary>
    public bool IsUnchanged => _isKnown ? _isUnchanged ??= _value!.Equals(_old) : _parent?.IsUnchanged ?? false;

    /// <summary>A field or an entry of a map.</summary>
    public Correlation Key(string key, JsonTree value, bool isAtomic)
    {
        if (!_isKnown)
        {
            return this;
        }

        // Both objects were converted to one version before they were compared.
        if (_parent is null && key is "apiVersion" or "kind")
        {
            return None;
        }

        return isAtomic || _old is not JsonMap old ? new(null, null, this, isKnown: false) : new(value, old.Find(key), this, isKnown: true);
    }

    /// <summary>An item of a list.</summary>
    /// <param name="old">The item with the same keys; null when there is none or items have no keys.</param>
    public Correlation Item(JsonTree value, JsonTree? old)
    {
        if (!_isKnown)
        {
            return this;
        }

        return old is null ? new(null, null, this, isKnown: false) : new(value, old, this, isKnown: true);
    }
}
