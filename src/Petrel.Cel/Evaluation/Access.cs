using System.Diagnostics.CodeAnalysis;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>Looks up what is inside lists, maps and objects.</summary>
internal static class Access
{
    /// <summary>False when nothing is there. An index that cannot be one is found to be an error.</summary>
    public static bool TryGet(CelValue target, CelValue key, [MaybeNullWhen(false)] out CelValue value)
    {
        switch (target)
        {
            case CelMap map:
                return map.TryGet(key, out value);
            case CelObject message when key is CelString name:
                return message.TryGetField(name.Value, out value);
            case CelList list when NumberOrder.TryInt(key, out var index):
                value = index >= 0 && index < list.Count ? list[(int)index] : null;
                return value is not null;
            case CelList:
                value = CelError.Because($"unsupported index type '{key.Type.Name}' in list");
                return true;
            default:
                value = null;
                return false;
        }
    }

    public static CelError Missing(CelValue target, CelValue key) =>
        target is CelList && NumberOrder.TryInt(key, out var index) ? CelError.IndexOutOfBounds(index) : CelError.NoSuchKey(key);
}
