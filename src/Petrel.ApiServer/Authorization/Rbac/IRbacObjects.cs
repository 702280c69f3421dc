namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Where roles and bindings come from.</summary>
internal interface IRbacObjects
{
    /// <summary>The roles and bindings as they are now; a question is answered from one snapshot.</summary>
    RbacSnapshot Current { get; }
}
