namespace Petrel.Api.Resources;

/// <summary>A kind that the API serves. The optional behaviour beside it is one small interface each.</summary>
public interface IResource<TSelf> where TSelf : ApiObject, IResource<TSelf>
{
    static abstract ResourceInfo Info { get; }
}
