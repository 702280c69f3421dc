using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Sees to it that a volume or a projection has one source: the first is checked, further ones are refused.</summary>
internal ref struct VolumeSourceCount(FieldErrors errors, FieldPath path)
{
    public int Count { get; private set; }

    /// <summary>Whether this source is there and is the first, so that its content is to be checked.</summary>
    public bool IsFirst(object? source, string name)
    {
        if (source is null)
        {
            return false;
        }

        if (++Count > 1)
        {
            errors.Forbidden(path.Child(name), "may not specify more than 1 volume type");
        }

        return Count == 1;
    }

    /// <summary>Whether this source is there; it counts, but is checked beside others (flexVolume of persistent volumes).</summary>
    public bool IsThere(object? source)
    {
        Count += source is null ? 0 : 1;
        return source is not null;
    }
}
