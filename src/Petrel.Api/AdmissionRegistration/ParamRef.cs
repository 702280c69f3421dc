using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Which objects of the policy's paramKind a binding uses: one by name, or all that a selector selects.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ParamRef", MapType = "atomic")]
public sealed partial record ParamRef
{
    private static readonly string[] NotFoundActions = ["Deny", "Allow"];

    /// <summary>Name of the object; not together with a selector.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Namespace of the objects; for a namespaced kind, the one of the request when left out.</summary>
    [Field(2)]
    public string Namespace { get; init; } = "";

    /// <summary>Labels of the objects; each of them is evaluated on its own.</summary>
    [Field(3)]
    public LabelSelector? Selector { get; init; }

    /// <summary>Deny or Allow: what happens when there is no such object. Required.</summary>
    [Field(4)]
    public string? ParameterNotFoundAction { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Name.Length > 0)
        {
            errors.InvalidAll(path.Child("name"), Name, NameRules.PathSegment(Name, isPrefix: false));
            if (Selector is not null)
            {
                errors.Forbidden(path.Child("name"), "name and selector are mutually exclusive");
            }
        }

        if (Selector is not null)
        {
            Selector.Validate(path.Child("selector"), errors);
            if (Name.Length > 0)
            {
                errors.Forbidden(path.Child("selector"), "name and selector are mutually exclusive");
            }
        }
        else if (Name.Length == 0)
        {
            errors.Required(path, "one of name or selector must be specified");
        }

        if (string.IsNullOrEmpty(ParameterNotFoundAction))
        {
            errors.Required(path.Child("parameterNotFoundAction"));
        }
        else if (!NotFoundActions.Contains(ParameterNotFoundAction))
        {
            errors.NotSupported(path.Child("parameterNotFoundAction"), ParameterNotFoundAction, NotFoundActions);
        }
    }
}
