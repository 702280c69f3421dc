using System.Globalization;
using Petrel.Api.Json;
using Petrel.Api.Patch;

namespace Petrel.Api.FieldManagement;

/// <summary>Checks that an applied object fits its structure; what it owns cannot be told otherwise.</summary>
internal sealed class FieldValidation
{
    private readonly List<string> _errors = [];
    private readonly List<string> _path = [];

    /// <summary>What does not fit, in upstream's words; null when all fits.</summary>
    public static string? FindError(JsonMap value, FieldStructure structure)
    {
        var validation = new FieldValidation();
        validation.Check(value, structure);
        return validation._errors.Count switch
        {
            0 => null,
            1 => validation._errors[0],
            _ => "errors:\n  " + string.Join("\n  ", validation._errors),
        };
    }

    private void Check(JsonTree value, FieldStructure structure)
    {
        if (value.IsNull)
        {
            return;
        }

        switch (structure.Kind)
        {
            case FieldStructureKind.Scalar:
                CheckScalar(value, structure.Scalar);
                break;
            case FieldStructureKind.Struct or FieldStructureKind.Map when value is JsonMap map:
                CheckMap(map, structure);
                break;
            case FieldStructureKind.List when value is JsonList list:
                CheckList(list, structure);
                break;
            case FieldStructureKind.Struct or FieldStructureKind.Map:
                Add($"expected map, got &{{{GoText.Print(value)}}}");
                break;
            case FieldStructureKind.List:
                Add($"expected list, got &{{{GoText.Print(value)}}}");
                break;
            default:
                break;
        }
    }

    private void CheckMap(JsonMap map, FieldStructure structure)
    {
        foreach (var (name, value) in map)
        {
            _path.Add("." + name);
            if (structure.Child(name) is { } child)
            {
                Check(value, child);
            }
            else
            {
                Add("field not declared in schema");
            }

            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void CheckList(JsonList list, FieldStructure structure)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            string? error = null;
            var element = structure.IsAtomic ? "i:" + i.ToString(CultureInfo.InvariantCulture) : structure.ElementOf(list[i], out error);
            if (element is null)
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"element {i}: {error}"));
            }
            else if (!seen.Add(element))
            {
                Add($"duplicate entries for key {FieldElement.Describe(element)}");
            }
            else
            {
                _path.Add(FieldElement.Describe(element));
                Check(list[i], structure.Element!);
                _path.RemoveAt(_path.Count - 1);
            }
        }
    }

    private void CheckScalar(JsonTree value, ScalarKind kind)
    {
        switch (kind)
        {
            case ScalarKind.String when value is not JsonText:
                Add($"expected string, got &value.valueUnstructured{{Value:{GoText.PrintSyntax(value)}}}");
                break;
            case ScalarKind.Numeric when value is not JsonNumber:
                Add($"expected numeric (int or float), got {GoText.Type(value)}");
                break;
            case ScalarKind.Boolean when value is not JsonBoolean:
                Add($"expected boolean, got &{{{GoText.Print(value)}}}");
                break;
            case ScalarKind.Any when value is JsonMap or JsonList:
                Add($"expected any scalar, got &{{{GoText.Print(value)}}}");
                break;
            default:
                break;
        }
    }

    private void Add(string message) => _errors.Add(_path.Count == 0 ? message : $"{string.Concat(_path)}: {message}");
}
