using Petrel.Api.Core;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>Checks the fields that say which nodes can use a slice or a device: exactly one of them is to be set. Notes those that are.</summary>
internal sealed class NodePlaces(FieldPath path, FieldErrors errors)
{
    private readonly List<string> _set = [];

    /// <param name="whenEmpty">What is wrong with a name that is there and empty.</param>
    public void Name(string? name, string whenEmpty)
    {
        if (name is { Length: > 0 })
        {
            _set.Add("`nodeName`");
            errors.DnsSubdomain(path.Child("nodeName"), name);
        }
        else if (name is not null)
        {
            errors.Invalid(path.Child("nodeName"), name, whenEmpty);
        }
    }

    public void Selector(NodeSelector? selector)
    {
        if (selector is not null)
        {
            _set.Add("`nodeSelector`");
            selector.Validate(path.Child("nodeSelector"), errors);
        }
    }

    /// <summary>A flag that is set counts, one that says no is wrong.</summary>
    public void Flag(bool? flag, string name)
    {
        if (flag == true)
        {
            _set.Add($"`{name}`");
        }
        else if (flag is not null)
        {
            errors.Invalid(path.Child(name), false, "must be either unset or set to true");
        }
    }

    /// <summary>After the fields.</summary>
    public void ExactlyOne(string whenNone, string whenSeveral)
    {
        switch (_set.Count)
        {
            case 0:
                errors.Required(path, whenNone);
                break;
            case > 1:
                errors.Invalid(path, $"{{{string.Join(", ", _set)}}}", whenSeveral);
                break;
        }
    }
}
